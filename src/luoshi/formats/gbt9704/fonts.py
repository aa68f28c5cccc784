"""Which fonts a pdf is set in: those of the office where they are, else free ones, never none.

A family that is not there is an error of the machine and not of the paper: typst would leave
blanks. ``LUOSHI_FONTS`` names a folder (several with the system's separator) beside the system's
own ones.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from luoshi.core.knowledge import table

ROLES = ("body", "title", "hei", "kai", "number")


class NoFonts(Exception):  # noqa: N818 - an answer to a person
    """The machine has no Chinese font; the message says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families for each role, best first, and the Chinese names of those that are replaced."""

    families: dict[str, tuple[str, ...]]
    replaced: tuple[str, ...]
    folders: tuple[str, ...]

    def words(self) -> str:
        """Return in Chinese which fonts are replaced; empty when none is."""
        if not self.replaced:
            return ""
        return (
            f"本机没有{'、'.join(self.replaced)}，pdf 用自由字体（{self.families['body'][0]}）代替。"
            "要用规定的字体，请管理员把字体文件放进一个文件夹，用环境变量 LUOSHI_FONTS 指明；"
            "docx 里写的是规定的字体名，在装有这些字体的电脑上打开即可。"
        )


def choose() -> Fonts:
    """Return the fonts of this machine; raises ``NoFonts``, also for a folder that is not there."""
    folders = tuple(f for f in os.environ.get("LUOSHI_FONTS", "").split(os.pathsep) if f.strip())
    for folder in folders:
        if not Path(folder).is_dir():
            raise NoFonts(
                f"LUOSHI_FONTS 指明的文件夹“{folder}”不存在。请核对后重新启动；docx 不受影响。"
            )
    return _choose(folders, frozenset(_families(folders)))


def _choose(folders: tuple[str, ...], there: frozenset[str]) -> Fonts:
    known = table("templates/fonts")
    families, replaced = {}, []
    for role in ROLES:
        real = [name for name in known[role]["real"] if name in there]
        free = [name for name in known[role]["free"] if name in there]
        if not real:
            replaced.append(known[role]["wording"])
        # All of them: a character that one has not is taken from the next.
        families[role] = tuple(real + free)
        if not families[role]:
            raise NoFonts(
                f"本机没有可用的{known[role]['wording']}或代替它的中文字体，不能生成 pdf。请安装思源字体"
                "（Debian、Ubuntu 的软件包 fonts-noto-cjk），或者把本单位的仿宋、楷体、黑体、小标宋、"
                "宋体字体文件放进一个文件夹，用环境变量 LUOSHI_FONTS 指明后重新启动。也可以改为生成 docx。"
            )
    return Fonts(families, tuple(replaced), folders)


@lru_cache(maxsize=4)
def _families(folders: tuple[str, ...]) -> tuple[str, ...]:
    import typst

    found = typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders)
    )
    return tuple(found.families())
