# 파기 — 삭제 요구, 파기대장, 파기 정지, 기록물 폐기

refusal-must_be_kept = 법령에 따라 보존하여야 하므로 지금은 파기할 수 없습니다.
refusal-still_needed = 처리 중이거나 파기가 정지된 민원에 필요하므로 파기하거나 분리 보관할 수 없습니다.
refusal-basis_missing = 근거를 선택하고 사유를 적어 주십시오.
refusal-board_incomplete = 심의일, 참석 위원 수(외부 위원 2명 이상 포함), 재책정한 보존기간을 모두 적어 주십시오.
refusal-nothing_to_erase = 삭제를 요구할 수 있는 정보가 없거나 이미 삭제를 요구하셨습니다.
refusal-destroyed_already = 이미 파기하기로 결정한 민원입니다.
