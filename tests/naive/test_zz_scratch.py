import json, os
from datetime import datetime
from hypothesis import Phase, given, settings, seed
from tests.fakes.counting import uncounted
from tests.naive.draws import INSTANTS
from tests.naive.hits import SEEN
from tests.naive.test_agreement import AREAS, check
from tests.fakes.deciders import PlainDecider

def run(name, n, s):
    area = AREAS[name]
    SEEN.clear()
    @seed(s)
    @settings(max_examples=n, phases=[Phase.generate], database=None)
    @given(area.drawn, area.periods, INSTANTS)
    def agree(drawn, period, as_of):
        try:
            check(*drawn, period, as_of, PlainDecider())
        except AssertionError as fault:
            files, entries = drawn
            with open(f"/tmp/lang/fail_{name.split()[0]}.txt", "w") as out:
                for path, text in files.items():
                    if path.startswith("rules/"): out.write(f"== {path}\n{text}\n")
                out.write(f"{period} {as_of}\n{json.dumps(entries, ensure_ascii=False, indent=0)}\n{str(fault)[:4000]}\n")
            raise
    try:
        with uncounted():
            agree()
        print(name, "agrees", n)
    except BaseException as fault:
        print(name, "FAILED", type(fault), str(fault)[:1500])
    print("not hit", [f for f in (*area.common, *area.rare) if not SEEN[f]])

def test_it():
    for name in os.environ["AREAS_"].split(","):
        run(name, int(os.environ.get("N_","300")), int(os.environ.get("SEED_","77")))
