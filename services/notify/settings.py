"""What notify is told by its environment beyond what every service is told."""

from datetime import timedelta

from pydantic import SecretStr, field_validator

from services.chassis.settings import Settings

LONGEST_TIMEOUT = timedelta(seconds=15)
"""Half of a sender's lease: an answer that comes later would find the message given to another sender."""


class NotifySettings(Settings):
    """Further values as `LUMBUNG_TELEGRAM_<NAME>`."""

    telegram_url: str = "https://api.telegram.org"
    telegram_token: SecretStr | None = None
    """The bot's token. None, or an empty one: there is no chat, and all messages stay in people's lists."""
    telegram_timeout: timedelta = timedelta(seconds=10)

    @field_validator("telegram_timeout")
    @classmethod
    def _within_the_lease(cls, timeout: timedelta) -> timedelta:
        if not timedelta(0) < timeout <= LONGEST_TIMEOUT:
            most = LONGEST_TIMEOUT.seconds
            raise ValueError(f"LUMBUNG_TELEGRAM_TIMEOUT must be more than 0 and at most {most} seconds")
        return timeout

    @field_validator("telegram_token")
    @classmethod
    def _none_when_empty(cls, token: SecretStr | None) -> SecretStr | None:
        return token if token and token.get_secret_value().strip() else None

    @classmethod
    def of(cls, settings: Settings) -> "NotifySettings":
        """The settings that notify was built with.

        Raises:
            TypeError: it was built with another service's.
        """
        if not isinstance(settings, cls):
            raise TypeError(f"notify needs {cls.__name__}")
        return settings
