"""A picture as it came, made into one that may be public: the same pixels, anew, and nothing else.

Belongs here: opening, turning, shrinking, writing anew, and naming what was left behind. Does not belong
here: whether a picture may be shown. The bytes that came are never stored, nor is the file's name.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps

from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories.taken import Taken, taken_of
from nightdesk.release.check import MAX_SIDE
from nightdesk.release.model import ReleaseError
from nightdesk.release.picture import inspect

LARGEST = 10 * 1024 * 1024  # bytes of a file somebody chooses
MOST_PIXELS = 50_000_000  # opened, these are 200 MB of memory
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")
BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, OverflowError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What a file may say about itself beside EXIF, by Pillow's name for it.
KNOWN = {
    "icc_profile": "colour profile", "xmp": "XMP", "XML:com.adobe.xmp": "XMP", "photoshop": "IPTC",
    "comment": "comment", "dpi": "resolution", "mp": "second picture",
}  # fmt: skip
TEXTS = frozenset(
    {"Title", "Author", "Description", "Copyright", "Creation Time", "Software", "Source", "Comment"}
)
IFDS = {ExifTags.IFD.Exif: "", ExifTags.IFD.GPSInfo: "GPS", ExifTags.IFD.IFD1: "thumbnail"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture without metadata, the names of what the file had said, and no finer than that where and when it was taken."""

    image: bytes
    media_type: str
    width: int
    height: int
    dropped: tuple[str, ...]
    taken: Taken


def clean(data: bytes) -> Cleaned:
    """The picture re-encoded. DeskError, in a sentence, for whatever is no JPEG, PNG or WebP picture."""
    if len(data) > LARGEST:
        raise too_large()
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as found:
            _refuse_bombs(found)
            dropped, taken = tuple(_dropped(found)), taken_of(found.getexif())
            found.load()
            image, media_type = _encode(_plain(found), found.format == "PNG")
    except BOMBS as error:
        raise _bomb() from error
    except BROKEN as error:
        raise DeskError(
            _("This is no JPEG, PNG or WebP picture, or it is damaged."),
            _("Choose another file; nothing was kept of this one."),
        ) from error
    return _read_back(image, media_type, dropped, taken)


def too_large() -> DeskError:
    """The refusal of a file that is larger than a photo need be."""
    return DeskError(
        _("A photo is at most 10 megabytes."), _("Save it smaller and choose it again; nothing was kept.")
    )


def _bomb() -> DeskError:
    return DeskError(
        _("This picture has more than 50 million pixels."), _("Save it smaller and choose it again.")
    )


def _refuse_bombs(found: Image.Image) -> None:
    """Before anything is unpacked: the header says how much memory the picture would take."""
    if found.width * found.height > MOST_PIXELS:
        raise _bomb()
    if getattr(found, "is_animated", False) and found.format != "MPO":  # a phone's MPO is one photo, twice
        raise DeskError(_("This picture moves."), _("Choose a still one; nothing was kept."))


def _dropped(found: Image.Image) -> Iterator[str]:
    """Names of what the file says about itself. A free text's own name could say something: 'text'."""
    names: list[str] = []
    exif = found.getexif()
    names += _tags(exif, "")
    for ifd, prefix in IFDS.items():
        names += _tags(exif.get_ifd(ifd), prefix)
    for name in found.info:
        if isinstance(name, str) and name in KNOWN:
            names.append(KNOWN[name])
    for name in getattr(found, "text", {}):
        names.append(KNOWN.get(name) or (name if name in TEXTS else "text"))
    yield from dict.fromkeys(names)


def _tags(tags: Iterable[int], prefix: str) -> list[str]:
    """Names of EXIF tags; of a place or a thumbnail it is enough to say that there was one."""
    if prefix:
        return [prefix] if list(tags) else []
    pointers = {int(ifd) for ifd in ExifTags.IFD}
    return [str(ExifTags.TAGS.get(tag, "unknown field")) for tag in tags if tag not in pointers]


def _plain(found: Image.Image) -> Image.Image:
    """The pixels the right way up, in sRGB, at most 2000 wide or high, in an image that knows nothing else."""
    turned = ImageOps.exif_transpose(found)
    pixels = _srgb(turned, found.info.get("icc_profile"))
    mode = "RGBA" if pixels.has_transparency_data else "L" if pixels.mode in ("1", "L") else "RGB"
    pixels = pixels.convert(mode)
    pixels.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    fresh = Image.new(mode, pixels.size)
    fresh.paste(pixels)
    return fresh


def _srgb(image: Image.Image, profile: object) -> Image.Image:
    """Colours as they were meant, since the profile that says so is dropped. A broken profile is ignored."""
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


def _encode(pixels: Image.Image, as_png: bool) -> tuple[bytes, str]:
    """JPEG; PNG for what came as PNG (drawings, screens) or lets something shine through."""
    out = BytesIO()
    if as_png or pixels.mode == "RGBA":
        pixels.save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png"
    pixels.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), "image/jpeg"


def _read_back(image: bytes, media_type: str, dropped: tuple[str, ...], taken: Taken) -> Cleaned:
    """The file read again from its bytes: anything in it but the picture, and it is refused."""
    try:
        picture = inspect(image)
    except ReleaseError as error:
        raise DeskError(
            _("This picture could not be cleaned: %(why)s.") % {"why": error},
            _("Choose another file; nothing was kept of this one."),
        ) from error
    assert picture.media_type == media_type  # _encode wrote it
    return Cleaned(image, media_type, picture.width, picture.height, dropped, taken)
