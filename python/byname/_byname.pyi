from os import PathLike
from typing import Sequence

BUILD: str

class BynameError(ValueError): ...
class CatalogueError(BynameError): ...

class ReadError(BynameError):
    kind: str

Written = tuple[str, tuple[str, str, str] | None]

class NativeEngine:
    def __new__(
        cls,
        catalogue: Sequence[str | PathLike[str]],
        mentions: str,
        profile: str | None,
        min_confidence: float | None,
    ) -> NativeEngine: ...
    def scan_records(self, records: Sequence[bytes], first: int) -> list[Written]: ...
    def scan_file(
        self, path: str | PathLike[str], date: str | None, organisations: Sequence[str]
    ) -> Written: ...
    def resolve(
        self, description: str, date: str | None, organisations: Sequence[str], top: int
    ) -> str: ...
    def explain(
        self, text: str, date: str | None, organisations: Sequence[str], as_json: bool
    ) -> str: ...
    def systems(self) -> str: ...
    @staticmethod
    def check_date(date: str) -> None: ...
    @staticmethod
    def unread(document: str, kind: str, message: str) -> ReadError: ...
