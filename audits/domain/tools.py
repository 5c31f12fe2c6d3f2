"""Publishing a tool: its words become records, and a published version never changes.

There is no verb that edits a published version. Publishing again makes the next version, and
every audit stays with the version of its round.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from audits.models import AuditTool, Domain, Question, QuestionOption, Theme, ToolVersion
from audits.permissions import check_tool_publish
from audits.tools import AxisText, DomainText, QuestionText, ThemeText, ToolText


@transaction.atomic
def publish_tool(
    text: ToolText,
    *,
    by: User,
    themes: Iterable[ThemeText] = (),
    now: datetime.datetime | None = None,
) -> ToolVersion:
    """Publish the words of a tool (`audits.tools.read_tool`) as its next version.

    `themes` are the learning themes its findings may be tied to; one whose code is known takes
    the new words. Raises Refused ("tool_publish_not_yours").
    """
    moment = now or timezone.now()
    check_tool_publish(by)
    tool, _ = AuditTool.objects.get_or_create(code=text.code, defaults={"name": text.name})
    AuditTool.objects.select_for_update().get(pk=tool.pk)
    version = _make_version(tool, text, by=by, moment=moment)
    _make_domains(version, [*text.domains, *text.sections])
    _make_themes(themes)
    history.record(
        "tool_published", subject=version, by=by, at=moment, tool=text.code, number=version.number
    )
    return version


def _make_version(
    tool: AuditTool, text: ToolText, *, by: User, moment: datetime.datetime
) -> ToolVersion:
    last: int = tool.versions.aggregate(last=Max("number"))["last"] or 0
    return ToolVersion.objects.create(
        tool=tool,
        number=last + 1,
        grades_practice=_grades(text.axes, "practice"),
        grades_outcome=_grades(text.axes, "outcome"),
        headline_axis=text.headline_axis.code,
        look_back_months=text.read_months,
        judge_months=text.judge_months,
        minutes=text.minutes,
        published_at=moment,
        published_by=by,
    )


def _grades(axes: Sequence[AxisText], code: str) -> bool:
    return any(axis.code == code for axis in axes)


def _make_domains(version: ToolVersion, parts: Sequence[DomainText]) -> None:
    domains = Domain.objects.bulk_create(
        [
            Domain(
                version=version,
                code=part.code,
                name=part.name,
                short_name=part.short_name,
                good_looks_like=part.good_looks_like,
                position=position,
                is_graded=part.is_graded,
                is_overall=part.is_overall,
                may_be_not_applicable=part.may_be_not_applicable,
            )
            for position, part in enumerate(parts, start=1)
        ]
    )
    for domain, part in zip(domains, parts, strict=True):
        _make_questions(domain, part.questions)


def _make_questions(domain: Domain, texts: Sequence[QuestionText]) -> None:
    """First questions before their follow-ups, which point to them."""
    made: dict[str, Question] = {}
    for depth in (False, True):
        rows = [
            _question(domain, text, position, made.get(text.follows))
            for position, text in enumerate(texts, start=1)
            if bool(text.follows) is depth
        ]
        made |= {row.code: row for row in Question.objects.bulk_create(rows)}
    QuestionOption.objects.bulk_create(
        [
            QuestionOption(question=made[text.code], code=code, label=label, position=position)
            for text in texts
            for position, (code, label) in enumerate(text.options, start=1)
        ]
    )


def _question(
    domain: Domain, text: QuestionText, position: int, follows: Question | None
) -> Question:
    return Question(
        domain=domain,
        code=text.code,
        text=text.text,
        answer_type=text.answer_type,
        may_be_not_applicable=text.may_be_not_applicable,
        position=position,
        follows=follows,
        opens_on=",".join(text.opens_on),
    )


def _make_themes(themes: Iterable[ThemeText]) -> None:
    fields = ["name", "group", "domain_code", "focus"]
    Theme.objects.bulk_create(
        [
            Theme(code=theme.code, **{field: getattr(theme, field) for field in fields})
            for theme in themes
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=fields,
    )
