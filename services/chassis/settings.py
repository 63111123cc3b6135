"""What a service is told by its environment; read once, at the start."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from services.chassis.logs import Form


class Settings(BaseSettings):
    """Every value as `LUMBUNG_<NAME>`. A service with more of them extends this class."""

    model_config = SettingsConfigDict(env_prefix="LUMBUNG_", frozen=True, hide_input_in_errors=True)

    database_url: str
    kafka: Annotated[tuple[str, ...], NoDecode] = ()
    """Brokers as `host:port`, separated by commas. None: nothing is sent or consumed (API tests)."""
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    keys: Path
    """The key set (JWKS) that bearer tokens are verified against."""
    clock: Path | None = None
    """The file with the clock's offset in seconds; only the embedded stack may set one."""
    stack: str = "external"
    topic_days: int = Field(default=30, ge=1)
    inbox_days: int = Field(default=45, ge=1)
    idempotency_days: int = Field(default=30, ge=1)
    """How long the answer to an Idempotency-Key is kept; after that the key may be used anew."""
    requests_per_minute: int = Field(default=1_200, ge=1)
    proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses or networks whose X-Forwarded-For is believed, separated by commas. None: the header means nothing."""
    body_bytes: int = Field(default=64_000, ge=1_000)
    pool_size: int = Field(default=10, ge=2)
    """Half of the database connections that this replica may open; those it opened stay."""
    log: Form = "auto"
    """JSON lines, text, or text on a terminal and JSON lines elsewhere."""

    @field_validator("kafka", "proxies", mode="before")
    @classmethod
    def _split(cls, named: object) -> object:
        return tuple(filter(None, named.split(","))) if isinstance(named, str) else named

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.clock and self.stack != "embedded":
            raise ValueError("LUMBUNG_CLOCK moves deadlines: only the embedded stack may set it")
        if self.inbox_days <= self.topic_days:
            raise ValueError(
                "the inbox must be kept longer than the topics, or a replay would apply events twice"
            )
        return self
