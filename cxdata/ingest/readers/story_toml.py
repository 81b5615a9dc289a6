"""Story files (TOML): stories, lessons and second codings, all read together and checked against each other."""

from collections.abc import Iterator

from cxdata.errors import StoryError
from cxdata.ingest.readers.base import Certainty, DetectedFile, Nested, NestedChunk, ReadContext, Reader, has_suffix
from cxdata.ingest.report import FaultRow
from cxdata.stories import read_story_files


class StoryTomlReader:
    """Reads the project's own story files."""

    name = "TOML"
    label = "a story file"
    suffixes = ("toml",)
    help = "**Story files** (TOML), one story each, as every story's page gives them for download."
    position = 0
    is_text = True
    reads_together = True

    def detect(self, _: bytes, name: str) -> int:
        """Return whether the suffix is that of TOML."""
        return Certainty.BY_SUFFIX if has_suffix(self, name) else Certainty.NONE

    def read(self, file: DetectedFile, context: ReadContext) -> Iterator[Nested]:
        """Return the records of all story files of an import."""
        files = [file, *file.others]
        name = file.name if len(files) == 1 else f"{len(files)} story files"
        yield Nested(name, _read_chunks(files, context), file.encoding_name)


READER: Reader = StoryTomlReader()


def _read_chunks(files: list[DetectedFile], context: ReadContext) -> Iterator[NestedChunk]:
    """Read the files, those without faults again where faults are skipped, until no fault is left."""
    yield NestedChunk(rows=len(files))
    paths = [file.path for file in files]
    while paths:
        try:
            yield NestedChunk(read_story_files(paths, context.codebook, context.coded_stories()))
            break
        except StoryError as error:
            found = (FaultRow(fault.place, None, None, None, None, fault.finding) for fault in error.faults)
            yield NestedChunk(faults=tuple(found))
            faulty = {fault.file for fault in error.faults}
            good = [path for path in paths if path.name not in faulty and str(path) not in faulty]
            if context.on_fault == "stop" or len(good) == len(paths):
                break
            paths = good
