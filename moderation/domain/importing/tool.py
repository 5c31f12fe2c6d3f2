"""The tool that imported audits stand on: the domains of the file, and the overall.

A month that has its round already keeps that round's tool, which must know the file's domains. For
other months a version of the tool IMP is made of the file's columns, or one that fits is taken. A
domain that our own case-file tool knows keeps that tool's code, so that reports carry its series
on; every other domain's code follows from its name.
"""

import datetime
import hashlib
from collections.abc import Iterator, Mapping

from accounts.models import User
from audits.choices import Axis
from audits.domain.tools import publish_tool
from audits.models import Domain, ToolVersion
from audits.tools import AxisText, DomainText, ToolText, read_tool
from moderation.domain.importing.columns import Columns, DomainColumn, key_of

CODE = "IMP"
NAME = "Imported audits"

Domains = Mapping[str, Domain]


def domains_of(version: ToolVersion) -> dict[str, Domain]:
    """A version's graded domains by every name they go by: in full, in short and by code."""
    found: dict[str, Domain] = {}
    for domain in version.domains.all():
        if domain.is_graded and not domain.is_overall:
            for name in (domain.name, domain.short_name, domain.code):
                found[key_of(name)] = domain
    return found


def overall_of(version: ToolVersion) -> Domain:
    return next(domain for domain in version.domains.all() if domain.is_overall)


def lacks(version: ToolVersion, columns: Columns) -> list[str]:
    """The file's columns that the version does not grade."""
    known = domains_of(version)
    missing = [
        str(column)
        for column in columns.domains
        if column.key not in known or column.axis not in version.axes
    ]
    overall = ("overall_outcome_grade", "moderated_outcome_grade")
    if Axis.OUTCOME not in version.axes:
        missing += [name for name in overall if name in columns.places]
    return missing


def same_domain(
    columns: Columns, version: ToolVersion | None
) -> Iterator[tuple[DomainColumn, DomainColumn]]:
    """Pairs of columns that are one domain's by two names: of a version, or of our own tool."""
    codes = _own_codes()
    if version:
        codes = {name: domain.code for name, domain in domains_of(version).items()}
    first: dict[tuple[str, Axis], DomainColumn] = {}
    for column in columns.domains:
        held = first.setdefault((codes.get(column.key, column.key), column.axis), column)
        if held != column:
            yield held, column


def version_for(columns: Columns, *, by: User, now: datetime.datetime) -> ToolVersion:
    """The newest version of IMP if it grades all of the file's columns, else a new one."""
    versions = ToolVersion.objects.filter(tool__code=CODE).prefetch_related("domains")
    newest = versions.order_by("-number").first()
    if newest and not lacks(newest, columns):
        return newest
    return publish_tool(tool_text(columns), by=by, now=now)


def tool_text(columns: Columns) -> ToolText:
    """The words of a tool with the file's domains and no questions."""
    own = read_tool("MCF")
    axes = tuple(
        AxisText(axis.code, axis.name, axis.question, axis.headline)
        for axis in own.axes
        if axis.code == Axis.PRACTICE or columns.grades_outcome
    )
    return ToolText(
        code=CODE,
        name=NAME,
        subject=own.subject,
        minutes=own.minutes,
        conversation=False,
        read_months=own.read_months,
        judge_months=own.judge_months,
        look_back="",
        guidance=(),
        axes=axes,
        grades=own.grades,
        domains=(*_domain_texts(columns, own), _without_questions(own.overall)),
        sections=(),
    )


def _domain_texts(columns: Columns, own: ToolText) -> tuple[DomainText, ...]:
    known = {domain.code: domain for domain in own.domains}
    codes = _own_codes()
    made: dict[str, DomainText] = {}
    for key, name in columns.domain_names.items():
        own_text = known.get(codes.get(key, ""))
        text = _without_questions(own_text) if own_text else _new_domain(key, name)
        made.setdefault(text.code, text)
    return tuple(made.values())


def _own_codes() -> dict[str, str]:
    """The codes of our own tool's domains, by every name they go by."""
    return {
        key_of(name): domain.code
        for domain in read_tool("MCF").domains
        for name in (domain.name, domain.short_name, domain.code)
        if not domain.is_overall
    }


def _new_domain(key: str, name: str) -> DomainText:
    # Twelve characters fit the code; two names of one council do not share ten hex digits.
    code = "X" + hashlib.sha256(key.encode()).hexdigest()[:10]
    return _domain_text(code, name, name[:45])


def _without_questions(text: DomainText) -> DomainText:
    return _domain_text(text.code, text.name, text.short_name, is_overall=text.is_overall)


def _domain_text(code: str, name: str, short_name: str, *, is_overall: bool = False) -> DomainText:
    return DomainText(
        code=code,
        name=name,
        short_name=short_name,
        good_looks_like="",
        is_graded=True,
        is_overall=is_overall,
        may_be_not_applicable=not is_overall,
        questions=(),
    )
