"""Pictures that nobody vouches for are decoded small, or not at all."""

import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage

from csqm_desktop.ui.attachments.pictures import decode

ROOM = QSize(100, 100)


def picture(kind: str, width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("orange"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(data.data())


def gif() -> bytes:
    """Two frames of two pixels, the second of another colour."""
    frame = b"\x2c\0\0\0\0\x02\0\x01\0\0\x02\x02\x04\x0a\0"
    colours = bytes((255, 0, 0, 0, 0, 255))
    return b"GIF89a\x02\0\x01\0\x80\0\0" + colours + frame + frame + b";"


def claiming(width: int, height: int) -> bytes:
    """A PNG that says it is large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_large_picture_is_made_to_fit(kind):
    image, original = decode(picture(kind, 400, 200), kind, ROOM)
    assert (image.width(), image.height()) == (100, 50)
    assert original == QSize(400, 200)


def test_a_small_picture_stays_as_it_is():
    image, _original = decode(picture("png", 7, 5), "png", ROOM)
    assert (image.width(), image.height()) == (7, 5)


def test_of_a_moving_picture_the_first_frame_is_shown():
    found = decode(gif(), "gif", ROOM)
    assert found is not None
    assert found[0].pixelColor(0, 0) == QColor(255, 0, 0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "png"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "png"),
        (claiming(50_000, 50_000), "png"),
        (claiming(100_000, 2), "png"),
        (claiming(9_000, 9_000), "png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/>", "svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/>", "png"),
        (picture("bmp", 4, 4), "bmp"),
        (picture("png", 4, 4), "jpeg"),
        (picture("png", 40, 40)[:60], "png"),
    ],
    ids=["empty", "zeros", "bomb", "long", "above the limit", "svg", "svg named png", "bmp", "other kind", "cut"],
)
@pytest.mark.filterwarnings("ignore")
def test_what_is_broken_or_not_allowed_is_not_decoded(data, kind):
    assert decode(data, kind, ROOM) is None
