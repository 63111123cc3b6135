"""Sharings with their records, and the shares that came of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.cooperative.domain import Less, Share, ShareStatus, Sharing, SharingStatus
from services.cooperative.tables.base import MOMENT, mapper, metadata, one_of

sharings = Table(
    "sharings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("window_id", Uuid, ForeignKey("windows.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("first_id", Uuid, ForeignKey("sharings.id"), nullable=False),
    Column("frozen_at", MOMENT, nullable=False),
    Column("status", one_of(SharingStatus), nullable=False),
    Column("answer_by", MOMENT),
    Column("shared_at", MOMENT),
    Column("record_hash", Text),
    Column("previous_hash", Text),
    Column("complaint", Text),
    Column("villages", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("window_id", "round", name="round_once"),
)

# The long texts of a sharing, read only where they are wanted. A first round has a batch, a later one changes.
sharing_papers = Table(
    "sharing_papers",
    metadata,
    Column("sharing_id", Uuid, ForeignKey("sharings.id"), primary_key=True),
    Column("batch", Text),
    Column("people", Text),
    Column("known", Text),
    Column("changes", Text),
    Column("record", Text),
)

# Why a seller got so much of one commodity, or the buyer of `line_id` so much of his line, in each language.
sentences = Table(
    "sentences",
    metadata,
    Column("id", Uuid, primary_key=True, server_default=func.uuidv7()),
    Column("sharing_id", Uuid, ForeignKey("sharings.id"), nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("line_id", Uuid, ForeignKey("lines.id")),
    Column("commodity", Text, nullable=False),
    Column("sentences", JSONB, nullable=False),
    Index("sentences_of_sharing", "sharing_id", "id"),
    Index("sentences_of_person", "sharing_id", "person_id"),
)

# What a published sharing has still to ask, in pages; a page goes when its shares are made.
offers = Table(
    "offers",
    metadata,
    Column("sharing_id", Uuid, ForeignKey("sharings.id"), primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("told", Text, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("window_id", Uuid, ForeignKey("windows.id"), nullable=False),
    Column("sharing_id", Uuid, ForeignKey("sharings.id"), nullable=False),
    Column("line_id", Uuid, ForeignKey("lines.id"), nullable=False),
    Column("lot_id", Uuid, nullable=False),
    Column("lot_frozen", Integer),
    Column("lot_code", Text, nullable=False),
    Column("seller_id", Uuid, nullable=False),
    Column("village", Text, nullable=False),
    Column("commodity_name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("round", Integer, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("answer_by", MOMENT, nullable=False),
    Column("holds_until", MOMENT, nullable=False),
    Column("delivery_day", Date, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("sentences", JSONB, nullable=False),
    Column("status", one_of(ShareStatus), nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("released", BigInteger, nullable=False),
    Column("round_open", Boolean, nullable=False),
    Column("ended_by", Text),
    Column("lot_answered", Integer),
    Column("withheld", BigInteger, nullable=False, server_default=text("0")),
    Column("collected", BigInteger),
    Column("final_price", BigInteger),
    Column("less", one_of(Less)),
    Column("version", Integer, nullable=False),
    CheckConstraint("collected BETWEEN 0 AND quantity", name="shares_collect_what_is_committed"),
    CheckConstraint("quantity >= 0 AND quantity + released <= held", name="shares_make_sense"),
    Index("shares_of_window", "window_id", "status"),
    Index("shares_of_line", "line_id"),
    Index("shares_of_code", "lot_code"),
    Index("shares_of_seller", "seller_id", "id"),
    Index("shares_held_short", "lot_id", postgresql_where=text("held < wanted")),
)

mapper.map_imperatively(Sharing, sharings, version_id_col=sharings.c.version, version_id_generator=False)
mapper.map_imperatively(Share, shares, version_id_col=shares.c.version, version_id_generator=False)
