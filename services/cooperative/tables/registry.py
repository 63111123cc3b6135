"""Cooperatives, villages, members and commodities."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.cooperative.domain import Commodity, Cooperative, Member, Policy, Role, Village, VillageCosts
from services.cooperative.tables.base import MOMENT, mapper, metadata, one_of

cooperatives = Table(
    "cooperatives",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("manager_id", Uuid, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("pseudonym_key", Uuid, nullable=False, server_default=func.gen_random_uuid()),
)

policies = Table(
    "policies",
    metadata,
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("first_share_permille", Integer, nullable=False),
    Column("tier_permille", Integer, nullable=False),
    Column("credit_permille", Integer, nullable=False),
    Column("minimum_steps", Integer, nullable=False, server_default="1"),
    Column("rounds", Integer, nullable=False, server_default="10"),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
)

villages = Table(
    "villages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("stop_cost", BigInteger, nullable=False, server_default="0"),
    Column("haul_cost", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("cooperative_id", "code", name="village_once"),
)

village_costs = Table(
    "village_costs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("village", Text, nullable=False),
    Column("stop_cost", BigInteger, nullable=False),
    Column("haul_cost", BigInteger, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", MOMENT, nullable=False),
    ForeignKeyConstraint(["cooperative_id", "village"], ["villages.cooperative_id", "villages.code"]),
    Index("village_costs_of_cooperative", "cooperative_id", "id"),
)

members = Table(
    "members",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("village", Text, nullable=False),
    Column("role", one_of(Role), nullable=False),
    Column("name", Text, nullable=False),
    ForeignKeyConstraint(["cooperative_id", "village"], ["villages.cooperative_id", "villages.code"]),
    UniqueConstraint("cooperative_id", "person_id", name="member_once"),
)

commodities = Table(
    "commodities",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("grades", ARRAY(Text), nullable=False),
    Column("selling_units", JSONB, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("reference_price", BigInteger, nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("per > 0 AND step > 0 AND reference_price > 0", name="commodities_make_sense"),
    UniqueConstraint("cooperative_id", "name", name="commodity_once"),
    Index("commodities_of_cooperative", "cooperative_id", "id"),
)

mapper.map_imperatively(Cooperative, cooperatives, exclude_properties=["pseudonym_key"])
mapper.map_imperatively(Policy, policies)
mapper.map_imperatively(Village, villages)
mapper.map_imperatively(VillageCosts, village_costs)
mapper.map_imperatively(Member, members)
mapper.map_imperatively(
    Commodity, commodities, version_id_col=commodities.c.version, version_id_generator=False
)
