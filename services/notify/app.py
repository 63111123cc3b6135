"""Notify, wired: `python -m services.run notify`."""

from datetime import timedelta

from services.chassis.running import Running
from services.chassis.service import Service
from services.notify import handlers
from services.notify.api import router
from services.notify.channels import open_channels
from services.notify.sending import LEASE, Sender
from services.notify.settings import NotifySettings
from services.notify.tables import metadata


async def send_messages(running: Running, lease: timedelta = LEASE) -> None:
    """Hand stored messages over until the service stops."""
    async with open_channels(NotifySettings.of(running.settings)) as channels:
        await Sender(running, channels, lease).run()


SERVICE = Service(
    name="notify",
    description="Tells people, in a short message, what happened to their lots, shares and orders.",
    metadata=metadata,
    routers=(router,),
    handlers=(handlers,),
    loops=(send_messages,),
    settings=NotifySettings,
)
