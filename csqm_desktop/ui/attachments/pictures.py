"""Decodes pictures that nobody vouches for: chosen formats only, sizes bounded before anything is decoded."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from csqm_desktop.jobs.kept_files import PICTURES

LARGEST_SIDE = 32_000  # pixels; what claims more is no photograph
LARGEST_AREA = 60_000_000  # pixels: 240 MB at four bytes each, what decoding a PNG takes for a moment
_MEGABYTES = 256  # Qt gives up on a picture that needs more
_QUICK = frozenset({"jpeg"})  # decoded straight to a smaller size, so that a larger original costs no more
_QUICK_AREA = 250_000_000


def decode(data: bytes, kind: str, room: QSize) -> tuple[QImage, QSize] | None:
    """The first frame, no larger than ``room``, and the size of the original. None: broken or refused.

    ``kind`` is what the first bytes say; no other decoder is tried. Fit to run off the window's thread.
    """
    if kind not in PICTURES:
        return None
    QImageReader.setAllocationLimit(_MEGABYTES)
    content = QByteArray(data)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)  # photographs are often stored turned, with a note of how
    size = reader.size()
    if not _reasonable(size, kind):
        return None
    if size.width() > room.width() or size.height() > room.height():
        # by the longer side: the picture may still be turned by a quarter
        side = max(room.width(), room.height())
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    if image.width() > room.width() or image.height() > room.height():
        image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image, size


def _reasonable(size: QSize, kind: str) -> bool:
    if not size.isValid() or size.isEmpty() or max(size.width(), size.height()) > LARGEST_SIDE:
        return False
    return size.width() * size.height() <= (_QUICK_AREA if kind in _QUICK else LARGEST_AREA)
