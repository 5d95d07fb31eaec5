"""Headers and role words of other languages than Chinese and English. Plain data, used as that in ``words``."""

from __future__ import annotations

from csqm_desktop.domain.conversation import Role

HEADERS: dict[str, tuple[str, ...]] = {
    "conversation_id": (
        "conversación", "id de conversación", "conversa", "id da conversa", "id de conversation",
        "id der unterhaltung",
        "gespräch", "gesprächs-id", "konversation", "диалог", "ид диалога", "id диалога", "会話ID", "会話",
        "チャットID",
        "대화ID", "대화", "상담ID", "hội thoại", "sohbet", "konuşma", "conversazione", "gesprek",
    ),
    "sent_at": (
        "fecha", "fecha y hora", "hora", "data e hora", "date et heure", "heure", "datum",
        "datum und uhrzeit",
        "zeit", "uhrzeit", "zeitpunkt", "дата", "дата и время", "время", "日時", "送信日時", "送信時刻", "날짜",
        "일시", "시간",
        "보낸 시간", "thời gian", "tarih", "زمان", "تاریخ", "tijd",
    ),
    "role": ("rol", "papel", "função", "rôle", "rolle", "роль", "役割", "送信者種別", "역할", "vai trò", "نقش"),
    "sender": (
        "remitente", "autor", "remetente", "expéditeur", "auteur", "absender", "отправитель", "автор", "имя",
        "送信者",
        "発言者", "보낸 사람", "발신자", "작성자", "người gửi", "gönderen", "فرستنده", "mittente", "afzender",
    ),
    "text": (
        "mensaje", "texto", "mensagem", "texte", "nachricht", "сообщение", "текст", "本文", "メッセージ", "内容",
        "메시지",
        "내용", "tin nhắn", "nội dung", "mesaj", "پیام", "متن", "messaggio", "testo", "bericht",
    ),
}  # fmt: skip

ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.CUSTOMER: (
        "cliente", "usuario", "usuário", "comprador", "consommateur", "utilisateur", "acheteur", "kunde", "kundin",
        "käufer", "nutzer", "клиент", "покупатель", "пользователь", "посетитель", "お客様", "顧客", "ユーザー",
        "利用者",
        "고객", "고객님", "사용자", "구매자", "khách hàng", "khách", "müşteri", "kullanıcı", "مشتری", "کاربر",
        "klant", "utente",
    ),
    Role.AGENT: (
        "agente", "asesor", "operador", "atendente", "vendedor", "soporte", "suporte", "conseiller", "opérateur",
        "vendeur", "mitarbeiter", "mitarbeiterin", "berater", "verkäufer", "kundendienst", "оператор", "менеджер",
        "агент", "продавец", "поддержка", "オペレーター", "担当者", "店舗", "スタッフ", "サポート", "상담원",
        "상담사", "판매자", "직원",
        "nhân viên", "tư vấn viên", "temsilci", "satıcı", "پشتیبان", "پشتیبانی", "اپراتور", "فروشنده", "medewerker",
        "operatore",
    ),
    Role.BOT: ("бот", "чат-бот", "ボット", "チャットボット", "챗봇", "봇", "robô", "assistente", "asistente", "ربات"),
    Role.SYSTEM: ("sistema", "système", "система", "システム", "시스템", "hệ thống", "sistem", "سیستم", "systeem"),
}  # fmt: skip
