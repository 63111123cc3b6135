"""Something inside an event of another service."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Something inside an event of another service, of which we read these fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")
