"""Stories in editions of paragraphs; drafts nobody else sees; versions that stay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.claims.models import Claim

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, member: Member) -> StoryQuerySet:
        """Editors see all; a reporter stories begun by or resting on claims from his or her sources."""
        if not member.sees("stories"):
            return self.none()
        if member.may("decide"):
            return self
        told = Paragraph.claims.through.objects.filter(paragraph__edition__story=OuterRef("pk"))
        return self.filter(
            Q(begun_by=member) | Exists(told.filter(claim__account__report__source__cleared=member))
        )

    def at_work(self) -> StoryQuerySet:
        """All but those readers have as they stand, those withdrawn and those set aside: what may ask something."""
        return self.filter(settled=False, withdrawn_at=None, set_aside_at=None)


class Story(models.Model):
    """A story; its words are in editions, one a language."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    public_id = models.CharField(max_length=24, unique=True)  # random; the Release knows the story by this
    country = models.CharField(_("country"), max_length=2, default="KP")
    source_lang = models.CharField(_("written in"), max_length=2, default="ko")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ready_to_translate_at = models.DateTimeField(null=True)  # empty: translators do not see it yet
    # What the next release will be; a correction's or withdrawal's note is reviewed with the text.
    next_kind = models.CharField(max_length=12, default="release")  # release, correction, withdrawal
    next_note = models.JSONField(default=dict)  # language -> note for readers
    withdrawn_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(
        null=True
    )  # begun by mistake: in no list until somebody takes it back
    first_released_on = models.DateField(null=True)  # empty: readers never had it
    # currency -> {to, value, on, source}: the rates readers have seen, for a bank's table is revised and extended.
    first_rates = models.JSONField(default=dict)
    # Readers have this very text, and nobody touched it since: no list has to read it to know. Never true by
    # mistake: whatever may change it says so (stories.settling). False only means that it is looked at.
    settled = models.BooleanField(default=False)

    gathered = False  # whether everything behind this very object was fetched (review.draft)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "stories"
        indexes = [
            models.Index(
                fields=["begun_at"], condition=Q(settled=False, withdrawn_at=None), name="stories_at_work"
            )
        ]

    def __str__(self) -> str:
        first = next(iter(self.editions.all()), None)  # those fetched with a list serve
        return first.title if first else self.slug

    def get_absolute_url(self) -> str:
        return reverse("stories:story", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Whether it is only there to be read (stories.closed)."""
        return self.withdrawn_at is not None or self.set_aside_at is not None

    def rates_day(self, on: date) -> date:
        """The day whose rates convert the story's sums: that of its first release, else `on`.

        A correction would otherwise change sums nobody corrected, and nothing would say why.
        """
        return self.first_released_on or on


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, member: Member) -> EditionQuerySet:
        """Translators see editions handed to them, and nothing before or set aside; others as the story."""
        if member.sees("stories"):
            return self.filter(story__in=Story.objects.visible_to(member))
        if member.may("translate"):
            return self.filter(story__ready_to_translate_at__isnull=False, story__set_aside_at=None)
        return self.none()


class Edition(models.Model):
    """The story in one language."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="editions")
    lang = models.CharField(max_length=2)
    title = models.CharField(_("headline"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    title_revision = models.PositiveIntegerField(default=1)
    # For a translation: the headline and summary it was made from; different from today's = stale.
    translated_title = models.CharField(max_length=200, blank=True)
    translated_summary = models.CharField(max_length=300, blank=True)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "lang"], name="one_edition_a_language")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.lang})"


class Paragraph(models.Model):
    """One paragraph of one edition, with the claims it rests on. `{money:TOKEN}` is a chip."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    claims = models.ManyToManyField(Claim, related_name="paragraphs", blank=True)
    revision = models.PositiveIntegerField(default=1)  # a save against an older one is refused, its text kept
    # For a translation: the paragraph it renders and the words it was made from.
    translates = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="translations"
    )
    translated_text = models.TextField(blank=True)

    # The claims it rests on, where somebody gathered them for many at once (chips.claims_of).
    gathered: list[Claim] | None = None

    class Meta:
        ordering = ["edition", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def stale(self) -> bool:
        """Whether the paragraph this renders has changed since."""
        return self.translates is not None and self.translates.text != self.translated_text


class Photo(models.Model):
    """The story's one picture, written anew without metadata. What came is never kept, nor its file's name."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="photo")
    image = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=12)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    credit = models.CharField(_("credit"), max_length=120)
    licence = models.CharField(_("licence"), max_length=160)
    alt = models.JSONField(default=dict)  # language -> what it shows, for who does not see it
    caption = models.JSONField(default=dict)  # language -> the words under it
    dropped = models.JSONField(default=list)  # names, never values, of what the file had said about itself
    # The nearest town and the day it had said (desk/stories/taken.py), for the review; gone at the release.
    taken = models.JSONField(default=dict)
    placing = models.CharField(
        max_length=24, default=""
    )  # drawn anew with each file; "" of one placed before it was
    revision = models.PositiveIntegerField(default=1)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """The story's one document or recording, cleaned. What came is never kept, nor its file's name."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="attachment")
    file = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    title = models.JSONField(default=dict)  # language -> what it is, as the link to it says
    dropped = models.JSONField(default=list)  # kinds of fields, never values, that the file had held
    revision = models.PositiveIntegerField(default=1)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class StoryTermQuerySet(models.QuerySet["StoryTerm"]):
    def visible_to(self, member: Member) -> StoryTermQuerySet:
        """Those said of stories the member may see."""
        return self.filter(story__in=Story.objects.visible_to(member))

    def in_use(self) -> StoryTermQuerySet:
        """Those that reading asks: not set aside."""
        return self.filter(set_aside_at=None)


class StoryTerm(models.Model):
    """What words mean, as a member said while writing a story: a word of the desk's own, and a case to run again.

    It is said of the newsroom's own sentence and holds no report; what is behind the story is found through the story.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="own_terms")
    text = models.TextField()  # the sentence, as it was typed
    lang = models.CharField(max_length=2)
    on = models.DateField()  # days in it count from then
    start = models.PositiveIntegerField()  # code points of the sentence, end exclusive
    end = models.PositiveIntegerField()
    words = models.TextField(_("words"))
    kind = models.CharField(_("kind"), max_length=12, blank=True)  # '': no value
    means = models.TextField(_("what they mean"), blank=True)
    value = models.JSONField(default=dict)  # as it was in its sentence when somebody said so
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)

    objects = StoryTermQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.words)


class PrivateDraft(models.Model):
    """What a member typed and has not saved into the story; nobody else sees it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drafts")
    # Empty for a heading, and where somebody removed the paragraph meanwhile: the words stay.
    paragraph = models.ForeignKey(Paragraph, null=True, on_delete=models.SET_NULL, related_name="drafts")
    heading = models.BooleanField(default=False)  # text is the headline, a line break, the summary
    text = models.TextField(blank=True)
    base_revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "paragraph"], name="one_draft_each"),
            models.UniqueConstraint(
                fields=["member", "edition"], condition=Q(heading=True), name="one_heading_draft_each"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Version(models.Model):
    """The whole story at a moment, under a name. Versions are never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(_("name"), max_length=120)
    content = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class MarketRate(models.Model):
    """The desk's own rate for a currency the European Central Bank has none for, e.g. KPW."""

    currency = models.CharField(_("currency"), max_length=3)
    per_usd = models.DecimalField(_("for one US dollar"), max_digits=14, decimal_places=4)
    on = models.DateField(_("day"))
    basis = models.CharField(_("basis"), max_length=120)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.currency} {self.per_usd} {self.on}"
