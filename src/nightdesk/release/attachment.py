"""What the file of a public document or recording may be: one of a few kinds, known by its bytes, and bare.

Belongs here: kinds, names, and whether the bytes are what was signed. What each kind may hold is in
barepdf.py, bareoffice.py and baresound.py. Does not belong here: cleaning (nightdesk.cleaning), and what a
document says or a recording lets hear: people read and listen.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256

from nightdesk.release import bareoffice, barepdf, baresound
from nightdesk.release.model import Attachment, ReleaseError

MAX_ATTACHMENT_BYTES = 32 * 1024 * 1024  # a document's pages become pictures: some three times what came
ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
}
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_BARE: dict[str, Callable[[bytes], None]] = {
    "pdf": barepdf.check, "mp3": baresound.check_mp3, "ogg": baresound.check_ogg, "flac": baresound.check_flac,
}  # fmt: skip


def is_recording(media_type: str) -> bool:
    """Whether it is heard; whatever else there is, is read."""
    return media_type.startswith("audio/")


def file_name(attachment: Attachment) -> str:
    """The name of its file, beside the Release and on the site: <sha256>.pdf and so on, never the name it came with."""
    return f"{attachment.sha256}.{ENDINGS[attachment.media_type]}"


def kind_of(data: bytes) -> str:
    """The media type that the bytes themselves show; '' for every kind that is not on the list."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"fLaC"):
        return "audio/flac"
    if data.startswith(b"OggS"):
        return "audio/ogg" if baresound.is_speech_or_music(data) else ""
    if data.startswith(b"ID3") or baresound.begins_with_a_frame(data):
        return "audio/mpeg"
    return _office(data) if data.startswith(b"PK\3\4") else ""


def _office(data: bytes) -> str:
    """OpenDocument says what it is in its first member, Office by the part that holds the text."""
    types = {ending: kind for kind, ending in ENDINGS.items()}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            names = set(found.namelist())
            if "mimetype" in names and found.getinfo("mimetype").file_size < 100:
                said = found.read("mimetype").decode("ascii", "replace").strip()
                return said if said in ENDINGS and "opendocument" in said else ""
    except (*bareoffice.BROKEN, KeyError):
        return ""
    parts = [ending for part, ending in _PARTS.items() if part in names]
    return types[parts[0]] if len(parts) == 1 and "[Content_Types].xml" in names else ""


def check_bare(data: bytes) -> str:
    """The media type of a file that holds its text or sound and nothing about itself. ReleaseError says what else is there."""
    if len(data) > MAX_ATTACHMENT_BYTES:
        raise ReleaseError(f"a file is at most {MAX_ATTACHMENT_BYTES} bytes; this is {len(data)}")
    kind = kind_of(data)
    if not kind:
        raise ReleaseError("the file is no document or recording of a kind that may be published")
    _BARE.get(ENDINGS[kind], bareoffice.check)(data)
    return kind


def check_attachment(attachment: Attachment, data: bytes) -> None:
    """Raises ReleaseError unless `data` is the very file that `attachment` names, and bare."""
    name = file_name(attachment)
    if sha256(data).hexdigest() != attachment.sha256:
        raise ReleaseError(f"{name}: the bytes are not the file that was signed")
    if (check_bare(data), len(data)) != (attachment.media_type, attachment.size):
        raise ReleaseError(f"{name}: kind or size is not what the Release says")
