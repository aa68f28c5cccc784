"""Who there is: offices, units, persons with dated posts and roles, and their accounts.

Rules are judged per person, never per account, and on dated rows: a post that was held for
a minute stays a row with its two dates.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from luoshi.office.journal.models import DomainModel, DomainQuerySet


class Office(DomainModel):
    """A sub-district office (街道办事处). One deployment serves one or many."""

    name = models.CharField("单位名称", max_length=60, unique=True)
    settings = models.JSONField(default=dict)


class Unit(DomainModel):
    """The leadership, a section, a community, or a body outside that verifies (区纪委监委…)."""

    class Kind(models.TextChoices):
        """What sort of unit."""

        LEADERS = "leaders", "领导班子"
        SECTION = "section", "科室"
        COMMUNITY = "community", "社区"
        OUTSIDE = "outside", "外部单位"

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    active = models.BooleanField("在用", default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "name"], name="unit_name_once")
        ]


class Person(DomainModel):
    """A person, once, whatever posts and accounts they have."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=20, blank=True)
    active = models.BooleanField("在岗", default=True)
    forgotten = models.BooleanField(default=False)

    @property
    def actor_key(self) -> str:
        """Return the name behind the person's pseudonym in the journal."""
        return f"person:{self.pk}"

    def __str__(self) -> str:
        return self.name


class Post(DomainModel):
    """A post that a person holds in a unit, from a day to a day (the last one included).

    ``superior`` is who directs the holder in this post; ``leads`` tells that the holder leads
    the unit, so that everybody with a post in the unit is under them as well. ``ended_on`` is
    the day on which the end was written down: independence is judged on the later of the two.
    """

    class Rank(models.TextChoices):
        """How high in the office."""

        HEAD = "head", "主要负责人"
        DEPUTY = "deputy", "班子成员"
        LEAD = "lead", "科室（社区）负责人"
        STAFF = "staff", "工作人员"

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=60)
    rank = models.CharField("层级", max_length=10, choices=Rank)
    leads = models.BooleanField("主持该部门工作", default=False)
    superior = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="directs"
    )
    starts = models.DateField("任职日期")
    ends = models.DateField("离任日期", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    @property
    def named(self) -> str:
        """Return the post as it is said: 城管科科长, but 主任 of the leadership."""
        of_leaders = self.unit.kind == Unit.Kind.LEADERS
        return self.title if of_leaders else f"{self.unit.name}{self.title}"


class Deputising(DomainModel):
    """Somebody acts for somebody else for a while (代管): with the other's items and duties."""

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="deputised_by")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputises")
    reason = models.CharField("事由", max_length=200)
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期")


class RoleGrant(DomainModel):
    """A role (data/roles/roles.toml) that a person has, from a day to a day."""

    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField("角色", max_length=20)
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期", null=True, blank=True)


class UserManager(BaseUserManager.from_queryset(DomainQuerySet)):  # type: ignore[misc]
    """Finds accounts; they are made by actions only."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return accounts with their person and office: every page asks for all three."""
        rows: models.QuerySet[Any] = super().get_queryset().select_related("person", "office")
        return rows


class User(AbstractBaseUser, DomainModel):
    """An account: how a person signs in."""

    last_login = None  # signing in is no action; axes keeps a log
    office = models.ForeignKey(Office, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    username = models.CharField("用户名", max_length=40, unique=True)
    is_active = models.BooleanField("可以登录", default=True)
    must_change_password = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Any] = UserManager()

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether the password is right; an old hash is not rewritten on the way."""
        return raw_password is not None and check_password(raw_password, self.password)
