#!/usr/bin/env bash
# Walks the whole loop in the shell, from a manifest to a verified passport, on books of its own.
# Usage: examples/walk-the-loop.sh [DATA_DIR]     (default: a new temporary folder, removed at the end)
# All parties are made up: this is sample data.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
out="$(mktemp -d)"
data="${1:-$out/books}"

# One database for all calls; each would start one for itself. It ends with the file descriptor 9.
"$here/bin/didym" --version >/dev/null
node="$here/node_modules/.bin/node"
mkfifo "$out/keep"
"$node" "$here/tools/keep-open.ts" "$data" <"$out/keep" >"$out/kept" &
keeper=$!
exec 9>"$out/keep"
trap 'exec 9>&-; wait "$keeper" || true; rm -rf "$out"' EXIT
until [ -s "$out/kept" ]; do
  kill -0 "$keeper" 2>/dev/null || { echo "the database did not start" >&2; exit 1; }
  sleep 0.1
done

now=""
step() { now="$1"; printf '\n== %s\n' "$1" >&2; }
# didym ROOM VERB ...: the answer on standard output. What it says besides is shown only where it fails, with the step it was.
didym() {
  local status=0
  "$node" "$here/src/main/didym.ts" "$@" --data "$data" 9>&- >"$out/answer" 2>"$out/said" || status=$?
  cat "$out/answer"
  [ "$status" -eq 0 ] || [ "${expected:-0}" -eq "$status" ] || {
    printf '\nFAILED in the step "%s", exit %s: didym %s\n' "$now" "$status" "$*"
    cat "$out/said" "$out/answer"
  } >&2
  return "$status"
}
# command_ ROOM VERB ROLE@PARTY: the input on standard input, the answer on standard output
command_() { didym "$1" "$2" - --as "$3" --key "walk-$((++count))"; }
count=0

step "Programme: who takes part, and where"
for party in "my-recycler recycler" "my-refiner refiner" "lab-one laboratory" "lab-two laboratory" "my-carrier carrier" "my-buyer buyer"; do
  read -r id kind <<<"$party"
  command_ programme register-party auditor@my-recycler <<<"{\"party\": \"$id\", \"name\": \"Sample ${id#my-}\", \"kind\": \"$kind\", \"sample\": true}" >/dev/null
done
command_ programme register-site planner@my-recycler >/dev/null <<'END'
{"site": "centre", "party": "my-recycler", "name": "Centre", "zip": "46168", "country": "US", "capabilities": ["intake", "dismantle", "demagnetise", "store"]}
END
command_ programme register-site planner@my-refiner >/dev/null <<'END'
{"site": "refinery", "party": "my-refiner", "name": "Refinery", "zip": "46060", "country": "US", "capabilities": ["store", "dissolve", "remove_iron", "chromatograph", "precipitate", "calcine"]}
END
for scale in "centre-scale centre my-recycler" "refinery-scale refinery my-refiner"; do
  read -r unit site party <<<"$scale"
  command_ programme register-unit "planner@$party" <<<"{\"unit\": \"$unit\", \"site\": \"$site\", \"kind\": \"scale\", \"name\": \"Scale\", \"scale_sd\": \"5 g\"}" >/dev/null
done
command_ programme register-unit planner@my-refiner >/dev/null <<'END'
{"unit": "column-1", "site": "refinery", "kind": "column", "name": "Column 1", "diameter_mm": 457.2, "bed_length_mm": 1000}
END

step "Intake: the centre offered for Chicago, a consignment, its manifest"
didym intake offer --zip 60601 | cut -c1-100 | sed -n 1,16p >&2
command_ intake receive "intake lead@my-recycler" >/dev/null <<'END'
{"consignment": "C-1", "owner": "my-recycler", "from_zip": "60601",
 "collected_in": {"country": "US", "region": "IL"}, "feedstock": {"class": "post_consumer_device", "evidence": "the supplier's declaration, SD-1"}, "pallets": [
  {"pallet": "P-1", "gross": "2,110 kg", "tare": "210 kg", "scale": "centre-scale", "stream": "data_bearing"}]}
END
didym intake read-manifest "$here/examples/loop-manifest.csv" --consignment C-1 --name loop-manifest.csv --as "intake lead@my-recycler" --key walk-manifest >&2
command_ intake open-lots "intake lead@my-recycler" <<<'{"consignment": "C-1"}' >&2

step "Prepare: take the magnets out, then demagnetise them"
command_ prepare step operator@my-recycler >/dev/null <<'END'
{"step": "S-1", "kind": "dismantle", "site": "centre", "inputs": [{"lot": "C-1-D"}],
 "outputs": [{"lot": "MAG", "kind": "magnets", "mass": "36.2 kg", "scale": "centre-scale"},
             {"lot": "SCRAP", "kind": "steel_aluminium_boards", "mass": "1863.3 kg", "scale": "centre-scale"}],
 "losses": [{"place": "dust", "mass": "0.5 kg", "scale": "centre-scale"}]}
END
command_ prepare step operator@my-recycler >/dev/null <<'END'
{"step": "S-2", "kind": "demagnetise", "site": "centre", "inputs": [{"lot": "MAG"}],
 "outputs": [{"lot": "DEM", "kind": "magnets", "mass": "35.8 kg", "scale": "centre-scale", "content": {"by": "rest"}}],
 "losses": [{"place": "burnt adhesive and coating", "mass": "0.4 kg", "scale": "centre-scale"}]}
END

step "Law 7: nothing leaves before the drives' destruction is accepted"
sent='{"shipment": "B-1", "from": "centre", "to": "refinery", "carrier": "my-carrier", "lots": [{"lot": "DEM", "mass": "35.8 kg", "scale": "centre-scale", "pieces": 1, "seals": ["A-1"]}]}'
if expected=2 command_ ship send weigher@my-recycler <<<"$sent" >"$out/refused.json"; then echo "the lot left with data on board" >&2; exit 1; fi
cat "$out/refused.json" >&2
command_ intake resolve-row "intake lead@my-recycler" >/dev/null <<<'{"consignment": "C-1", "row": 6, "why": "an empty tray, looked at on the floor"}'
didym intake sanitize "$here/examples/loop-sanitization.json" --as operator@my-recycler --key walk-sanitize >&2
command_ intake issue-certificate approver@my-recycler <<<'{"consignment": "C-1"}' >/dev/null

step "Ship, weigh again, sample, assay twice"
command_ ship send weigher@my-recycler <<<"$sent" >/dev/null
command_ ship receive weigher@my-refiner >&2 <<'END'
{"shipment": "B-1", "lots": [{"lot": "DEM", "mass": "35.796 kg", "scale": "refinery-scale", "seals": ["A-1"]}]}
END
command_ assay sample sampler@my-refiner >/dev/null <<'END'
{"sample": "Y-1", "lot": "DEM", "increments_count": 20, "portions": [
  {"side": "supplier", "seal": "Y-1-1", "mass": "150 g"}, {"side": "processor", "seal": "Y-1-2", "mass": "150 g"}, {"side": "umpire", "seal": "Y-1-3", "mass": "150 g"}]}
END
command_ assay report chemist@lab-one >/dev/null <<'END'
{"sample": "Y-1", "side": "supplier", "laboratory": "lab-one", "method": "ICP-OES", "moisture_pct": {"best": 0.4, "sd": 0.02},
 "mg_per_kg": {"Nd": {"best": 224600, "sd": 900}, "Pr": {"best": 29900, "sd": 150}, "Dy": {"best": 12960, "sd": 80}, "Tb": {"below": 50}, "Fe": {"best": 645000, "sd": 2500}, "Co": {"best": 14000, "sd": 120}, "B": {"best": 9500, "sd": 90}}}
END
command_ assay report chemist@lab-two >/dev/null <<'END'
{"sample": "Y-1", "side": "processor", "laboratory": "lab-two", "method": "ICP-OES", "moisture_pct": {"best": 0.4, "sd": 0.02},
 "mg_per_kg": {"Nd": {"best": 225400, "sd": 900}, "Pr": {"best": 30100, "sd": 150}, "Dy": {"best": 13040, "sd": 80}, "Tb": {"below": 50}, "Fe": {"best": 646000, "sd": 2500}, "Co": {"best": 14050, "sd": 120}, "B": {"best": 9550, "sd": 90}}}
END

step "Settle under an agreement"
command_ settle agree "commercial manager@my-recycler" <"$here/examples/loop-agreement.json" >/dev/null
command_ settle accept "commercial manager@my-refiner" <<<'{"agreement": "A-1", "version": 1}' >/dev/null
command_ settle lot "commercial manager@my-refiner" <<<'{"agreement": "A-1", "sample": "Y-1", "shipment": "B-1"}' >"$out/statement.json"
grep -m1 '"amount_due"' "$out/statement.json" >&2

step "Refine: dissolve, take the iron out, design and simulate, run"
command_ prepare step operator@my-refiner >/dev/null <<'END'
{"step": "S-3", "kind": "dissolve", "site": "refinery", "inputs": [{"lot": "DEM"}],
 "additions": [{"name": "hydrochloric acid and water", "mass": "322.000 kg", "scale": "refinery-scale"}],
 "outputs": [{"lot": "LIQUOR", "kind": "solution", "mass": "354.896 kg", "scale": "refinery-scale"}, {"lot": "RESIDUE", "kind": "residue", "mass": "2.2 kg", "scale": "refinery-scale"}],
 "losses": [{"place": "hydrogen and water vapour", "mass": "0.7 kg", "sd": "50 g"}]}
END
command_ prepare step operator@my-refiner >/dev/null <<'END'
{"step": "S-4", "kind": "remove_iron", "site": "refinery", "inputs": [{"lot": "LIQUOR"}],
 "additions": [{"name": "base and water", "mass": "39.4 kg", "scale": "refinery-scale"}],
 "outputs": [{"lot": "FEED", "kind": "solution", "mass": "308.296 kg", "scale": "refinery-scale"}, {"lot": "IRON", "kind": "iron_cake", "mass": "86 kg", "scale": "refinery-scale"}]}
END
command_ refine plan "process engineer@my-refiner" >&2 <<'END'
{"campaign": "K-1", "lot": "FEED", "columns": ["column-1"], "targets": {"Nd": 0.9999, "Pr": 0.99, "Dy": 0.99}}
END
command_ refine record-run "process engineer@my-refiner" >"$out/run.json" <<'END'
{"campaign": "K-1", "products": {"F-ND": "Nd", "F-PR": "Pr", "F-DY": "Dy"},
 "run": {"step": "S-5", "site": "refinery", "inputs": [{"lot": "FEED"}],
  "additions": [{"name": "ligand and displacer solution", "mass": "180 kg", "scale": "refinery-scale"}],
  "outputs": [
   {"lot": "F-ND", "kind": "fraction", "mass": "300 kg", "scale": "refinery-scale", "content": {"by": "assay", "laboratory": "lab-two", "mg_per_kg": {"Nd": {"best": 25250, "sd": 100}, "Pr": {"best": 0.6, "sd": 0.1}}}},
   {"lot": "F-PR", "kind": "fraction", "mass": "45 kg", "scale": "refinery-scale", "content": {"by": "assay", "laboratory": "lab-two", "mg_per_kg": {"Pr": {"best": 21900, "sd": 100}, "Nd": {"best": 180, "sd": 5}}}},
   {"lot": "F-DY", "kind": "fraction", "mass": "20 kg", "scale": "refinery-scale", "content": {"by": "assay", "laboratory": "lab-two", "mg_per_kg": {"Dy": {"best": 21800, "sd": 100}, "Nd": {"best": 150, "sd": 5}}}},
   {"lot": "RECYCLE", "kind": "recycle", "mass": "63.296 kg", "scale": "refinery-scale", "content": {"by": "rest"}}],
  "losses": [{"place": "spent eluate", "mass": "60 kg", "sd": "500 g", "content": {"by": "none"}}]}}
END
command_ prepare step operator@my-refiner >/dev/null <<'END'
{"step": "S-6", "kind": "precipitate", "site": "refinery", "inputs": [{"lot": "F-ND"}],
 "additions": [{"name": "oxalic acid", "mass": "13.9 kg", "scale": "refinery-scale"}],
 "outputs": [{"lot": "OXALATE", "kind": "oxalate", "mass": "18.9 kg", "scale": "refinery-scale"}],
 "losses": [{"place": "filtrate", "mass": "295 kg", "sd": "500 g"}]}
END
command_ prepare step operator@my-refiner >/dev/null <<'END'
{"step": "S-7", "kind": "calcine", "site": "refinery", "inputs": [{"lot": "OXALATE"}],
 "outputs": [{"lot": "OXIDE", "kind": "oxide", "mass": "8.69 kg", "scale": "refinery-scale", "notes": {"oxide": "Nd2O3"}}],
 "losses": [{"place": "carbon dioxide and water", "mass": "10.21 kg", "scale": "refinery-scale"}]}
END

step "Analyse: a sample of the oxide, its results, their release by another"
command_ assay sample sampler@my-refiner >/dev/null <<'END'
{"sample": "Q-1", "lot": "OXIDE", "purpose": "product", "increments_count": 12, "portions": [
  {"side": "product", "seal": "Q-1-1", "mass": "50 g"}, {"side": "retained", "seal": "Q-1-2", "mass": "50 g"}]}
END
command_ assay report chemist@lab-two <<<"$(sed "s/TODAY/$(date -u +%F)/" "$here/examples/loop-product-report.json")" >/dev/null
command_ assay release "quality manager@lab-two" <<<'{"sample": "Q-1", "side": "product"}' >&2

step "Certify: certificate of analysis, passport"
command_ certify release approver@my-refiner <"$here/examples/loop-certificate.json" >/dev/null
command_ settle return-oxide accountant@my-refiner <<<'{"agreement": "A-1", "lot": "OXIDE"}' >/dev/null
command_ certify issue approver@my-refiner <<<'{"lot": "OXIDE", "issuer": "my-refiner", "passport": "P-1"}' >/dev/null

step "Sell: a trial order, promised and delivered"
command_ orders register-buyer "commercial manager@my-recycler" <<<'{"buyer": "my-buyer", "segment": "commercial", "trial_limit": "5 kg"}' >/dev/null
command_ orders qualify "commercial manager@my-recycler" <<<'{"buyer": "my-buyer", "to": "trial", "why": "specification agreed", "evidence": "Q-1"}' >/dev/null
command_ orders place "commercial manager@my-recycler" <<<'{"order": "O-1", "buyer": "my-buyer", "seller": "my-recycler", "oxide": "Nd2O3", "specification": "4N", "mass": "2 kg", "due": "2099-12-31"}' >/dev/null
command_ orders allocate planner@my-recycler <<<'{"order": "O-1", "lot": "OXIDE", "mass": "2 kg"}' >/dev/null
command_ orders ship operator@my-refiner <<<'{"order": "O-1", "lot": "OXIDE", "passport": "P-1", "carrier": "my-carrier"}' >/dev/null

step "Prove: the buyer's check, the auditor's check"
didym certify credential --passport P-1 >"$out/passport.json"
didym certify bundle --passport P-1 >"$out/bundle.json"
didym certify issuers --party my-refiner >"$out/trusted.json"
didym certify verify "$out/passport.json" --trust "$out/trusted.json" --bundle "$out/bundle.json" | tee "$out/verified.json"
didym ledger trace --lot OXIDE | grep -c '"depth"' >&2
didym ledger audit >&2
grep -q '"accepted": true' "$out/verified.json"
