"""What notify is told by its environment beyond what every service is told."""

from datetime import timedelta

from pydantic import SecretStr

from services.chassis.settings import Settings


class NotifySettings(Settings):
    """Further values as `LUMBUNG_TELEGRAM_<NAME>`."""

    telegram_url: str = "https://api.telegram.org"
    telegram_token: SecretStr | None = None
    """The bot's token. None: there is no chat, and all messages stay in people's lists."""
    telegram_timeout: timedelta = timedelta(seconds=10)

    @classmethod
    def of(cls, settings: Settings) -> "NotifySettings":
        """The settings that notify was built with.

        Raises:
            TypeError: it was built with another service's.
        """
        if not isinstance(settings, cls):
            raise TypeError(f"notify needs {cls.__name__}")
        return settings
