"""What a client of the Reconciliation Service API 0.2 sends, checked as it is read."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

__all__ = ["Extension", "ExtensionProperty", "Given", "PropertyValue", "Question"]

#: A name longer than this names nothing.
_LONGEST_NAME = 1_000


class Given(BaseModel):
    """A value that a client gives: a text, or another thing of the graph by its key."""

    model_config = ConfigDict(frozen=True)

    text: str
    key: str | None = None


class PropertyValue(BaseModel):
    """A property with the values that the thing should have."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pid: str
    values: tuple[Given, ...] = Field(alias="v", max_length=100)

    @field_validator("values", mode="before")
    @classmethod
    def _one_or_many(cls, given: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
        return [_given(one) for one in (given if isinstance(given, list) else [given])]


class Question(BaseModel):
    """One query of a batch: a name, or values that the thing has, or both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str | None = Field(None, max_length=_LONGEST_NAME)
    types: tuple[str, ...] = Field((), alias="type")
    limit: float | None = None
    properties: tuple[PropertyValue, ...] = Field((), max_length=50)
    type_strict: Literal["any", "all", "should"] = "any"

    @field_validator("types", mode="before")
    @classmethod
    def _type_or_types(cls, given: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
        return given if isinstance(given, list) else [given] if given else []

    @model_validator(mode="after")
    def _asks_something(self) -> Question:
        if self.query is None and not self.properties:
            raise ValueError("give a query or properties")
        return self

    @property
    def wanted(self) -> int:
        """How many candidates are wanted at most."""
        return min(max(1, int(self.limit or 10)), 100)


class ExtensionProperty(BaseModel):
    """A property that a table asks for, and how many of its values (0: all)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    settings: dict[str, Any] = Field(default_factory=dict)

    @property
    def limit(self) -> int:
        """How many values are wanted at most; 0 for all."""
        given = str(self.settings.get("limit", 0))
        return int(given) if given.isdigit() else 0


class Extension(BaseModel):
    """Things, and the properties that a table asks of them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ids: tuple[str, ...]
    properties: tuple[ExtensionProperty, ...] = Field(max_length=50)


def _given(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        key = str(value.get("id", ""))
        return {"text": str(value.get("name", key)), "key": key}
    if isinstance(value, bool):
        return {"text": str(value).lower()}
    if isinstance(value, str | int | float):
        return {"text": str(value)}
    return value
