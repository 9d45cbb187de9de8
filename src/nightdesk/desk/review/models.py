"""Reviews, findings, decisions, clearances, and the newsroom's group tables."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.stories.models import Story

WHOM = [("", _("women and men")), ("female", _("women")), ("male", _("men"))]  # a group table may count


class GroupTable(models.Model):
    """How many people fit a description: always an interval, with basis and expiry."""

    group = models.CharField(_("group"), max_length=120)
    place = models.CharField(_("place"), max_length=60)
    # Empty: at any time. YYYY, YYYY-MM, YYYY-MM-DD, or two with a slash: disclosure.estimates.days_of.
    when = models.CharField(_("counted in (time)"), max_length=21, blank=True)
    # Empty: whoever they are. Years as disclosure.ages.band reads them, both ends counted.
    sex = models.CharField(_("Only of this sex"), max_length=6, blank=True, choices=WHOM)
    age = models.CharField(_("Only of these ages"), max_length=7, blank=True)
    low = models.PositiveIntegerField(_("at least"))
    high = models.PositiveIntegerField(_("at most"))
    basis = models.CharField(_("basis"), max_length=200)
    as_of = models.CharField(_("as of (year-month)"), max_length=7)
    expires = models.CharField(_("expires (year-month)"), max_length=7)

    class Meta:
        ordering = ["place", "group"]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.group, self.place, self.when, self.sex, self.age)))


class StateMedia(models.Model):
    """What state media have said, as an editor typed or brought it in. The desk follows no link."""

    outlet = models.CharField(_("outlet"), max_length=80)
    on = models.DateField(_("day"))
    text = models.TextField(_("what it said, in words"), max_length=1000)
    citation = models.CharField(_("where it stands"), max_length=300, blank=True)  # a link or a page, as text

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.outlet} {self.on}"


class Review(models.Model):
    """One run over one text. `fingerprint` is the hash of exactly what was reviewed, both editions."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="reviews")
    fingerprint = models.CharField(max_length=64, db_index=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    release_on = models.DateField()
    cannot_estimate = models.JSONField(default=list)  # per item: language -> sentence
    unread = models.JSONField(default=list)  # spans no rule could read
    words = models.CharField(
        max_length=64, default=""
    )  # the hash of what readers get, without what lies behind
    text = models.JSONField(
        default=dict
    )  # language -> [[paragraph, words]]: what was reviewed, to compare with
    # Releases that nobody had read into the past yet: nothing is cleared on such a review.
    unread_past = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.story_id} {self.made_at:%Y-%m-%d}"


class Finding(models.Model):
    """Something a hostile reader could use, in one review. `key` is stable while class and words are."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=40)  # the engine's class
    severity = models.CharField(max_length=8)
    facts = models.CharField(max_length=64, default="")  # the hash of what it rests on: see findings.facts_of
    data = models.JSONField()  # see findings.data_of

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="one_finding_a_key")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.severity} {self.kind}"


class Decision(models.Model):
    """What a person decided about a finding. Keeping a red one waits for a second person."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="decisions")
    key = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    facts = models.CharField(max_length=64, default="")  # of the finding as it was decided; others reopen it
    verb = models.CharField(max_length=10)  # keep, change
    reason = models.TextField(_("reason"))
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second_reason = models.TextField(_("reason of the second person"), blank=True)
    second_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    # For verb "change": what was written where, so that it can be taken back while nobody wrote over it.
    edits = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind}"

    @property
    def waits_for_second(self) -> bool:
        """A kept red finding with one name under it decides nothing yet."""
        return self.verb == "keep" and self.severity == "red" and self.second_at is None


class ForTheRecord(models.Model):
    """A claim of a story that an editor lets into the public record, in words readers may see.

    `actor` and `party` start empty, for what the claim says of them is private; they are reviewed. The row is part of
    what a clearance is bound to. It knows the claim by its token alone.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="for_the_record")
    claim_token = models.CharField(max_length=24)
    public_id = models.CharField(max_length=16)
    actor = models.JSONField(_("actor"), default=dict)  # language -> who did it, in words readers may see
    party = models.JSONField(_("party"), default=dict)  # language -> to whom
    # What readers already had of it, once the claim was purged. `claim_token` then leads to no claim.
    released = models.JSONField(default=dict)
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "claim_token"], name="one_public_row_a_story_and_claim")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id


class RememberedRelease(models.Model):
    """That a released version was read, under which reading, and what a sentence calls it. All of it is public."""

    release = models.OneToOneField("releases.Release", on_delete=models.CASCADE, related_name="remembered")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()  # its headline in quotation marks; empty: a withdrawal, which says nothing
    released_on = models.DateField()
    rules = models.CharField(max_length=16, db_index=True)  # review.remembering.rules()

    def __str__(self) -> str:
        return self.name


class RememberedValue(models.Model):
    """One value that a released version gave: a sum, exact days, a town, a row. A draft looks its own up."""

    of = models.ForeignKey(RememberedRelease, on_delete=models.CASCADE, related_name="gave")
    key = models.TextField()  # review.past.text_of
    # The version's day, so that the latest of thousands is found without looking at them.
    on = models.DateField()
    numbers = models.JSONField(default=list)  # of a row: its numbers in their order

    class Meta:
        indexes = [models.Index(fields=["key", "on", "of"], name="the_past_by_value")]

    def __str__(self) -> str:
        return self.key


class RememberedWording(models.Model):
    """The words of a released version as hashes (disclosure.wording): what the counts hold of it.

    It hangs on the release, not on its reading, so that a reading done anew counts nothing twice.
    """

    release = models.OneToOneField("releases.Release", on_delete=models.CASCADE, related_name="wording")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    words = models.BinaryField()
    pairs = models.BinaryField()
    scripts = models.CharField(max_length=16, blank=True)  # those it is a story in, with a space between
    counted = models.BooleanField(default=True)  # False: there was no room, and nothing is kept

    class Meta:
        indexes = [
            models.Index(fields=["counted"], condition=models.Q(counted=False), name="wordings_without_room")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}"


class PrintedCode(models.Model):
    """In how many released stories a word or a pair of words stands, by its hash. Written by review.printed alone."""

    # Not BigIntegerField: only an "integer" is SQLite's own row number, and the table then needs no index.
    code = models.IntegerField(primary_key=True)
    stories = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.code}"


class Clearance(models.Model):
    """A person's word that exactly this text may be released. A later edit does not match it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="clearances")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    byline = models.CharField(max_length=80, blank=True)  # the name that goes out with it, as it was then
    cleared_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.fingerprint[:12]
