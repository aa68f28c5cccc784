#!/bin/sh
# 安装落实。只需要 python3（3.11），不需要网络，也不需要 pip。
# 用法：sh install.sh [安装目录]      （默认 /opt/luoshi）
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/luoshi}
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || {
    echo "需要 Python 3.11（命令 python3）。可以用环境变量 PYTHON 写明它在哪里。" >&2
    exit 2
}
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS) || {
    echo "安装包不完整或者被改动过，没有安装。请重新拷贝。" >&2
    exit 2
}
case $target in /*) ;; *) target=$PWD/$target ;; esac
version=$(cat "$here/VERSION")
place=$target/versions/$version
if [ -e "$place" ]; then
    echo "这个版本已经装在 $place 。要重装，请先运行 uninstall.sh。" >&2
    exit 2
fi
mkdir -p "$target/versions"
# 装到一半停下来，不会留下半个版本。
trap 'rm -rf "$place"' EXIT
trap 'exit 1' HUP INT TERM
# 有的系统没有 ensurepip，所以虚拟环境里不放 pip，用安装包自带的 pip 从外面装。
"$python" -m venv --without-pip "$place"
pip=$(ls "$here"/wheels/pip-*.whl)
PIP_CONFIG_FILE=/dev/null PIP_NO_INPUT=1 "$python" "$pip/pip" --isolated --python "$place/bin/python" install \
    --quiet --disable-pip-version-check --root-user-action=ignore --no-cache-dir \
    --no-index --find-links "$here/wheels" --require-hashes --only-binary :all: \
    -r "$here/requirements.txt"
said=$(cd / && unset LUOSHI_HOME LUOSHI_DATABASE && "$place/bin/luoshi" doctor) || { echo "$said" >&2; exit 2; }
ln -sfn "versions/$version" "$target/current.new"
mv -T "$target/current.new" "$target/current"
cp "$here/uninstall.sh" "$here/安装说明.md" "$target/"
mkdir -p "$target/systemd"
sed "s|/opt/luoshi|$target|g" "$here/systemd/luoshi.service" > "$target/systemd/luoshi.service"
sed "s|/opt/luoshi|$target|g" "$here/systemd/luoshi-backup.service" > "$target/systemd/luoshi-backup.service"
cp "$here/systemd/luoshi-backup.timer" "$target/systemd/"
trap - EXIT
echo "已装好落实 $version：$target/current/bin/luoshi"
echo "接下来怎么做，见 $target/安装说明.md"
