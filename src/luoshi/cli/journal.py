"""``luoshi journal``: verify, export, checkpoints. Verifying an export needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.deployment import home_option, prepare, require_current

if TYPE_CHECKING:
    from luoshi.core.journal.checkpoint import Checkpoint
    from luoshi.core.journal.succession import Keyring
    from luoshi.core.journal.verify import Verdict


@click.group(
    "journal",
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    epilog=(
        "例子：\n\n\b\n  luoshi journal verify\n"
        "  luoshi journal verify --checkpoint 校验点.txt\n"
        "  luoshi journal export 留痕.jsonl\n"
        "  luoshi journal verify --file 留痕.jsonl --checkpoint 校验点.txt --key 公钥"
    ),
)
def journal_command() -> None:
    """校验和导出留痕，生成校验点。"""


@journal_command.command("verify", options_metavar="[选项]")
@home_option
@click.option(
    "--file",
    "exported",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="校验导出的留痕文件，不需要数据库。",
)
@click.option(
    "--checkpoint",
    "notes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="报存在外的校验点文件，可以写多次。",
)
@click.option("--key", metavar="公钥", help="校验点的公钥；校验本机的留痕时可以不写。")
def verify_command(
    home: Path | None, exported: Path | None, notes: tuple[Path, ...], key: str | None
) -> int:
    """校验留痕：一致以 0 退出，有不一致以 1 退出，不能校验以 2 退出。"""
    if exported is not None:
        return _say(_verify_file(exported, _read_notes(notes, key, exported)))
    prepare(home)
    require_current()
    from luoshi.office.journal import checkpoints
    from luoshi.office.journal.models import Checkpoint as Row
    from luoshi.office.journal.verification import verify_database

    known = key or checkpoints.verifier_key()
    own = checkpoints.verified(list(Row.objects.values_list("note", flat=True)), known)
    return _say(verify_database([*own, *_read_notes(notes, known)]))


def _read_notes(
    paths: tuple[Path, ...], key: str | None, exported: Path | None = None
) -> list[Checkpoint]:
    from luoshi.core.journal.checkpoint import CheckpointError

    if not paths:
        return []
    if key is None:
        raise click.UsageError("用校验点文件校验时，请用 --key 写明公钥。")
    found = []
    ring = _keyring(key, exported)
    for path in paths:
        try:
            found.append(ring.verify(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"校验点文件“{path}”打不开。请核对文件。") from error
        except CheckpointError as error:
            raise click.ClickException(
                f"校验点文件“{path}”不能用：内容不完整，或不是用这个公钥签名的。"
            ) from error
    return found


def _keyring(key: str, exported: Path | None) -> Keyring:
    """Return the keys connected with the one that is given, by the journal or by its export."""
    from luoshi.core.journal.checkpoint import CheckpointError
    from luoshi.core.journal.export import key_changes
    from luoshi.core.journal.succession import Keyring

    try:
        if exported is not None:
            with exported.open(encoding="utf-8") as file:
                return Keyring(key, list(key_changes(file)))
        from luoshi.office.journal import signing

        return signing.keyring(key)
    except CheckpointError as error:
        raise click.ClickException("公钥写得不对。请照原样写明，不要换行。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"留痕文件“{exported}”打不开。请核对文件。") from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _verify_file(path: Path, notes: list[Checkpoint]) -> Verdict:
    from luoshi.core.journal.export import from_lines
    from luoshi.core.journal.verify import verify

    try:
        with path.open(encoding="utf-8") as file:
            return verify(from_lines(file), notes)
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"留痕文件“{path}”打不开。请核对文件。") from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _say(verdict: Verdict) -> int:
    if verdict.is_good:
        matched = f"，与 {len(verdict.matched)} 个校验点相符" if verdict.matched else ""
        erased = f"（其中 {verdict.erased} 条的内容已按规定删除）" if verdict.erased else ""
        click.echo(f"✓ {verdict.size} 条留痕全部一致{erased}{matched}。")
        click.echo(f"  校验值 {verdict.root.hex()}")
        return 0
    for trouble in verdict.troubles:
        where = f"第{trouble.number}条：" if trouble.number is not None else ""
        click.echo(f"✗ {where}{trouble.words}")
    more = f"，另有 {verdict.more} 处没有列出" if verdict.more else ""
    click.echo(f"发现 {len(verdict.troubles)} 处不一致{more}；前 {verdict.good_to} 条没有问题。")
    return 1


@journal_command.command("export", options_metavar="[选项]")
@click.argument("target", type=click.Path(path_type=Path), metavar="文件")
@home_option
def export_command(target: Path, home: Path | None) -> None:
    """把全部留痕导出成一个文件，供单位以外的人校验。文件里有事实内容，请按涉密要求保管。"""
    prepare(home)
    require_current()
    from luoshi.core.journal.export import to_line
    from luoshi.office.journal import checkpoints
    from luoshi.office.journal.verification import held_entries

    count = 0
    try:
        with target.open("x", encoding="utf-8") as file:
            for held in held_entries():
                file.write(to_line(held) + "\n")
                count += 1
    except FileExistsError as error:
        raise click.ClickException(f"文件“{target}”已经有了，请换一个名字。") from error
    except OSError as error:
        raise click.ClickException(f"写不了“{target}”：{error.strerror}。") from error
    click.echo(f"已导出 {count} 条到 {target}")
    click.echo(f"公钥：{checkpoints.verifier_key()}")


@journal_command.command("checkpoint", options_metavar="[选项]")
@click.argument("target", type=click.Path(path_type=Path), metavar="文件")
@home_option
def checkpoint_command(target: Path, home: Path | None) -> None:
    """生成一个校验点，写成文件；请交给单位以外的机构保存。"""
    prepare(home)
    require_current()
    from luoshi.office.journal import checkpoints
    from luoshi.office.journal.act import SYSTEM
    from luoshi.office.journal.errors import Refused

    if target.exists():
        raise click.ClickException(f"文件“{target}”已经有了，请换一个名字。")
    try:
        row = checkpoints.make_checkpoint(by=SYSTEM)
        target.write_text(row.note, encoding="utf-8")
    except Refused as refusal:
        raise click.ClickException("；".join(refusal.reasons)) from refusal
    except OSError as error:
        raise click.ClickException(f"写不了“{target}”：{error.strerror}。") from error
    click.echo(f"已生成第 {row.size} 条留痕时的校验点：{target}")
    click.echo(f"公钥：{checkpoints.verifier_key()}")
