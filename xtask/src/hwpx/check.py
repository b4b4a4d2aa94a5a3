"""Opens every .hwpx of a folder with two readers; fails when one cannot, finds a mark, or misses a value."""

import pathlib
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")

import hwp_hwpx_parser
from hwpx import HwpxDocument

# What must be readable in which document, besides the title every one of them has.
MUST = {
    "result_notice": ["거부 이유", "시민봉사담당관-16175", "끝."],
    "supplement_request": ["점용 위치를 표시한 도면 1부", "공사 시행 계획서의 대표자 서명"],
    "reminder": ["2026-17", "도로시설과장 신채움", "최민정"],
    "extension_notice": ["당초 처리기한", "관계 기관의 협조"],
}


def main(folder):
    failed = 0
    files = sorted(p for p in folder.glob("*.hwpx") if not p.stem.endswith("_template"))
    for path in files:
        texts = {
            "python-hwpx": HwpxDocument.open(str(path)).export_text(),
            "hwp-hwpx-parser": hwp_hwpx_parser.Reader(str(path)).text,
        }
        faults = []
        for reader, text in texts.items():
            if "{{" in text:
                faults.append(f"{reader}: a mark is left")
            faults += [f"{reader}: lacks {want}" for want in MUST.get(path.stem, []) if want not in text]
        for tool in ["hwpx-validate", "hwpx-validate-package"]:
            run = [str(pathlib.Path(sys.executable).with_name(tool)), str(path)]
            said = subprocess.run(run, capture_output=True, text=True)
            if said.returncode != 0:
                faults.append(f"{tool}: {(said.stdout + said.stderr).strip().splitlines()[-1:]}")
        sizes = ", ".join(f"{reader} {len(text)} characters" for reader, text in texts.items())
        print(f"{path.name}: {sizes}" + "".join(f"\n    {fault}" for fault in faults))
        failed += len(faults)
    print(f"{len(files)} documents, {failed} faults")
    return 1 if failed or not files else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
