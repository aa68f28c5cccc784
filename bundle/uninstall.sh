#!/bin/sh
# 卸载落实的程序。数据文件夹和备份不动。
# 用法：sh uninstall.sh [版本]      （不写版本时全部卸载）
set -eu
target=$(cd "$(dirname "$0")" && pwd)
[ -d "$target/versions" ] || { echo "$target 里没有安装落实。" >&2; exit 2; }
if [ "${1:-}" ]; then
    [ -d "$target/versions/$1" ] || { echo "没有安装 $1 这个版本。" >&2; exit 2; }
    if [ "$(readlink "$target/current")" = "versions/$1" ]; then
        rm -f "$target/current"
    fi
    rm -rf "$target/versions/${1:?}"
    echo "已卸载 $1 。数据没有动。"
    exit 0
fi
rm -rf "$target/versions" "$target/current" "$target/systemd" "$target/安装说明.md" "$target/uninstall.sh"
rmdir "$target" 2>/dev/null || true
echo "已卸载。数据文件夹和备份没有动。"
