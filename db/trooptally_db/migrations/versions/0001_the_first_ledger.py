"""The first ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from trooptally_db.revisions import HistoryKept

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_GUARDS = (
    "CREATE TRIGGER keep_contributor_update BEFORE UPDATE ON contributor  BEGIN SELECT RAISE(ABORT, 'append-only: contributor keeps every row'); END",
    "CREATE TRIGGER keep_contributor_delete BEFORE DELETE ON contributor BEGIN SELECT RAISE(ABORT, 'append-only: contributor keeps every row'); END",
    'CREATE TRIGGER keep_contributor_replace BEFORE INSERT ON contributor WHEN EXISTS (SELECT 1 FROM contributor WHERE "contributor_id" IS NEW."contributor_id") BEGIN SELECT RAISE(ABORT, \'append-only: contributor keeps every row\'); END',
    "CREATE TRIGGER keep_change_update BEFORE UPDATE ON change  BEGIN SELECT RAISE(ABORT, 'append-only: change keeps every row'); END",
    "CREATE TRIGGER keep_change_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'append-only: change keeps every row'); END",
    'CREATE TRIGGER keep_change_replace BEFORE INSERT ON change WHEN EXISTS (SELECT 1 FROM change WHERE "seq" IS NEW."seq") BEGIN SELECT RAISE(ABORT, \'append-only: change keeps every row\'); END',
    "CREATE TRIGGER keep_source_update BEFORE UPDATE ON source  BEGIN SELECT RAISE(ABORT, 'append-only: source keeps every row'); END",
    "CREATE TRIGGER keep_source_delete BEFORE DELETE ON source BEGIN SELECT RAISE(ABORT, 'append-only: source keeps every row'); END",
    'CREATE TRIGGER keep_source_replace BEFORE INSERT ON source WHEN EXISTS (SELECT 1 FROM source WHERE "source_id" IS NEW."source_id") BEGIN SELECT RAISE(ABORT, \'append-only: source keeps every row\'); END',
    "CREATE TRIGGER keep_force_update BEFORE UPDATE ON force  BEGIN SELECT RAISE(ABORT, 'append-only: force keeps every row'); END",
    "CREATE TRIGGER keep_force_delete BEFORE DELETE ON force BEGIN SELECT RAISE(ABORT, 'append-only: force keeps every row'); END",
    'CREATE TRIGGER keep_force_replace BEFORE INSERT ON force WHEN EXISTS (SELECT 1 FROM force WHERE "force_id" IS NEW."force_id") BEGIN SELECT RAISE(ABORT, \'append-only: force keeps every row\'); END',
    "CREATE TRIGGER keep_place_update BEFORE UPDATE ON place  BEGIN SELECT RAISE(ABORT, 'append-only: place keeps every row'); END",
    "CREATE TRIGGER keep_place_delete BEFORE DELETE ON place BEGIN SELECT RAISE(ABORT, 'append-only: place keeps every row'); END",
    'CREATE TRIGGER keep_place_replace BEFORE INSERT ON place WHEN EXISTS (SELECT 1 FROM place WHERE "place_id" IS NEW."place_id") BEGIN SELECT RAISE(ABORT, \'append-only: place keeps every row\'); END',
    "CREATE TRIGGER keep_place_member_update BEFORE UPDATE ON place_member  BEGIN SELECT RAISE(ABORT, 'append-only: place_member keeps every row'); END",
    "CREATE TRIGGER keep_place_member_delete BEFORE DELETE ON place_member BEGIN SELECT RAISE(ABORT, 'append-only: place_member keeps every row'); END",
    'CREATE TRIGGER keep_place_member_replace BEFORE INSERT ON place_member WHEN EXISTS (SELECT 1 FROM place_member WHERE "theatre_id" IS NEW."theatre_id" AND "place_id" IS NEW."place_id") BEGIN SELECT RAISE(ABORT, \'append-only: place_member keeps every row\'); END',
    "CREATE TRIGGER keep_alias_update BEFORE UPDATE ON alias  BEGIN SELECT RAISE(ABORT, 'append-only: alias keeps every row'); END",
    "CREATE TRIGGER keep_alias_delete BEFORE DELETE ON alias BEGIN SELECT RAISE(ABORT, 'append-only: alias keeps every row'); END",
    'CREATE TRIGGER keep_alias_replace BEFORE INSERT ON alias WHEN EXISTS (SELECT 1 FROM alias WHERE "name" IS NEW."name" AND "kind" IS NEW."kind" AND "target" IS NEW."target" AND "section" IS NEW."section" AND "valid_from" IS NEW."valid_from") BEGIN SELECT RAISE(ABORT, \'append-only: alias keeps every row\'); END',
    "CREATE TRIGGER keep_unit_update BEFORE UPDATE ON unit  BEGIN SELECT RAISE(ABORT, 'append-only: unit keeps every row'); END",
    "CREATE TRIGGER keep_unit_delete BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'append-only: unit keeps every row'); END",
    'CREATE TRIGGER keep_unit_replace BEFORE INSERT ON unit WHEN EXISTS (SELECT 1 FROM unit WHERE "unit_id" IS NEW."unit_id") BEGIN SELECT RAISE(ABORT, \'append-only: unit keeps every row\'); END',
    "CREATE TRIGGER keep_report_update BEFORE UPDATE ON report  BEGIN SELECT RAISE(ABORT, 'append-only: report keeps every row'); END",
    "CREATE TRIGGER keep_report_delete BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'append-only: report keeps every row'); END",
    'CREATE TRIGGER keep_report_replace BEFORE INSERT ON report WHEN EXISTS (SELECT 1 FROM report WHERE "report_id" IS NEW."report_id") BEGIN SELECT RAISE(ABORT, \'append-only: report keeps every row\'); END',
    "CREATE TRIGGER keep_attribution_update BEFORE UPDATE ON attribution  BEGIN SELECT RAISE(ABORT, 'append-only: attribution keeps every row'); END",
    "CREATE TRIGGER keep_attribution_delete BEFORE DELETE ON attribution BEGIN SELECT RAISE(ABORT, 'append-only: attribution keeps every row'); END",
    'CREATE TRIGGER keep_attribution_replace BEFORE INSERT ON attribution WHEN EXISTS (SELECT 1 FROM attribution WHERE "attribution_id" IS NEW."attribution_id") BEGIN SELECT RAISE(ABORT, \'append-only: attribution keeps every row\'); END',
    "CREATE TRIGGER keep_attribution_link_update BEFORE UPDATE ON attribution_link  BEGIN SELECT RAISE(ABORT, 'append-only: attribution_link keeps every row'); END",
    "CREATE TRIGGER keep_attribution_link_delete BEFORE DELETE ON attribution_link BEGIN SELECT RAISE(ABORT, 'append-only: attribution_link keeps every row'); END",
    'CREATE TRIGGER keep_attribution_link_replace BEFORE INSERT ON attribution_link WHEN EXISTS (SELECT 1 FROM attribution_link WHERE "attribution_id" IS NEW."attribution_id" AND "position" IS NEW."position") BEGIN SELECT RAISE(ABORT, \'append-only: attribution_link keeps every row\'); END',
    'CREATE TRIGGER keep_claim_update BEFORE UPDATE ON claim WHEN NOT (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND OLD."claim_id" IS NEW."claim_id" AND OLD."version" IS NEW."version" AND OLD."change_seq" IS NEW."change_seq" AND OLD."recorded_at" IS NEW."recorded_at" AND OLD."status" IS NEW."status" AND OLD."rank" IS NEW."rank" AND OLD."report_id" IS NEW."report_id" AND OLD."source_id" IS NEW."source_id" AND OLD."origin_id" IS NEW."origin_id" AND OLD."attribution_id" IS NEW."attribution_id" AND OLD."locator" IS NEW."locator" AND OLD."quote" IS NEW."quote" AND OLD."printed" IS NEW."printed" AND OLD."force" IS NEW."force" AND OLD."place" IS NEW."place" AND OLD."measure" IS NEW."measure" AND OLD."component" IS NEW."component" AND OLD."basis" IS NEW."basis" AND OLD."low" IS NEW."low" AND OLD."point" IS NEW."point" AND OLD."high" IS NEW."high" AND OLD."hedge" IS NEW."hedge" AND OLD."missing_reason" IS NEW."missing_reason" AND OLD."as_of" IS NEW."as_of" AND OLD."as_of_earliest" IS NEW."as_of_earliest" AND OLD."as_of_latest" IS NEW."as_of_latest" AND OLD."unit" IS NEW."unit" AND OLD."note" IS NEW."note" AND OLD."held" IS NEW."held" AND OLD."content_hash" IS NEW."content_hash") BEGIN SELECT RAISE(ABORT, \'append-only: claim keeps every row\'); END',
    "CREATE TRIGGER keep_claim_delete BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'append-only: claim keeps every row'); END",
    'CREATE TRIGGER keep_claim_replace BEFORE INSERT ON claim WHEN EXISTS (SELECT 1 FROM claim WHERE "claim_id" IS NEW."claim_id" AND "version" IS NEW."version") BEGIN SELECT RAISE(ABORT, \'append-only: claim keeps every row\'); END',
    "CREATE TRIGGER keep_qualifier_update BEFORE UPDATE ON qualifier  BEGIN SELECT RAISE(ABORT, 'append-only: qualifier keeps every row'); END",
    "CREATE TRIGGER keep_qualifier_delete BEFORE DELETE ON qualifier BEGIN SELECT RAISE(ABORT, 'append-only: qualifier keeps every row'); END",
    'CREATE TRIGGER keep_qualifier_replace BEFORE INSERT ON qualifier WHEN EXISTS (SELECT 1 FROM qualifier WHERE "claim_id" IS NEW."claim_id" AND "version" IS NEW."version" AND "position" IS NEW."position") BEGIN SELECT RAISE(ABORT, \'append-only: qualifier keeps every row\'); END',
    "CREATE TRIGGER keep_assessment_update BEFORE UPDATE ON assessment  BEGIN SELECT RAISE(ABORT, 'append-only: assessment keeps every row'); END",
    "CREATE TRIGGER keep_assessment_delete BEFORE DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'append-only: assessment keeps every row'); END",
    'CREATE TRIGGER keep_assessment_replace BEFORE INSERT ON assessment WHEN EXISTS (SELECT 1 FROM assessment WHERE "change_seq" IS NEW."change_seq") BEGIN SELECT RAISE(ABORT, \'append-only: assessment keeps every row\'); END',
    "CREATE TRIGGER keep_issue_update BEFORE UPDATE ON issue  BEGIN SELECT RAISE(ABORT, 'append-only: issue keeps every row'); END",
    "CREATE TRIGGER keep_issue_delete BEFORE DELETE ON issue BEGIN SELECT RAISE(ABORT, 'append-only: issue keeps every row'); END",
    'CREATE TRIGGER keep_issue_replace BEFORE INSERT ON issue WHEN EXISTS (SELECT 1 FROM issue WHERE "change_seq" IS NEW."change_seq" AND "position" IS NEW."position") BEGIN SELECT RAISE(ABORT, \'append-only: issue keeps every row\'); END',
)

POSTGRESQL_GUARDS = (
    "CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING MESSAGE = 'append-only: ' || TG_TABLE_NAME || ' keeps every row'; END $$",
    "CREATE TRIGGER keep_contributor_update BEFORE UPDATE ON contributor FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_contributor_delete BEFORE DELETE ON contributor FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_contributor_truncate BEFORE TRUNCATE ON contributor FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_change_update BEFORE UPDATE ON change FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_change_delete BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_change_truncate BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_source_update BEFORE UPDATE ON source FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_source_delete BEFORE DELETE ON source FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_source_truncate BEFORE TRUNCATE ON source FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_force_update BEFORE UPDATE ON force FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_force_delete BEFORE DELETE ON force FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_force_truncate BEFORE TRUNCATE ON force FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_place_update BEFORE UPDATE ON place FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_place_delete BEFORE DELETE ON place FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_place_truncate BEFORE TRUNCATE ON place FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_place_member_update BEFORE UPDATE ON place_member FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_place_member_delete BEFORE DELETE ON place_member FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_place_member_truncate BEFORE TRUNCATE ON place_member FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_alias_update BEFORE UPDATE ON alias FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_alias_delete BEFORE DELETE ON alias FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_alias_truncate BEFORE TRUNCATE ON alias FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_unit_update BEFORE UPDATE ON unit FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_unit_delete BEFORE DELETE ON unit FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_unit_truncate BEFORE TRUNCATE ON unit FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_report_update BEFORE UPDATE ON report FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_report_delete BEFORE DELETE ON report FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_report_truncate BEFORE TRUNCATE ON report FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_attribution_update BEFORE UPDATE ON attribution FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_attribution_delete BEFORE DELETE ON attribution FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_attribution_truncate BEFORE TRUNCATE ON attribution FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_attribution_link_update BEFORE UPDATE ON attribution_link FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_attribution_link_delete BEFORE DELETE ON attribution_link FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_attribution_link_truncate BEFORE TRUNCATE ON attribution_link FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    'CREATE TRIGGER keep_claim_update BEFORE UPDATE ON claim FOR EACH ROW WHEN (NOT (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND OLD."claim_id" IS NOT DISTINCT FROM NEW."claim_id" AND OLD."version" IS NOT DISTINCT FROM NEW."version" AND OLD."change_seq" IS NOT DISTINCT FROM NEW."change_seq" AND OLD."recorded_at" IS NOT DISTINCT FROM NEW."recorded_at" AND OLD."status" IS NOT DISTINCT FROM NEW."status" AND OLD."rank" IS NOT DISTINCT FROM NEW."rank" AND OLD."report_id" IS NOT DISTINCT FROM NEW."report_id" AND OLD."source_id" IS NOT DISTINCT FROM NEW."source_id" AND OLD."origin_id" IS NOT DISTINCT FROM NEW."origin_id" AND OLD."attribution_id" IS NOT DISTINCT FROM NEW."attribution_id" AND OLD."locator" IS NOT DISTINCT FROM NEW."locator" AND OLD."quote" IS NOT DISTINCT FROM NEW."quote" AND OLD."printed" IS NOT DISTINCT FROM NEW."printed" AND OLD."force" IS NOT DISTINCT FROM NEW."force" AND OLD."place" IS NOT DISTINCT FROM NEW."place" AND OLD."measure" IS NOT DISTINCT FROM NEW."measure" AND OLD."component" IS NOT DISTINCT FROM NEW."component" AND OLD."basis" IS NOT DISTINCT FROM NEW."basis" AND OLD."low" IS NOT DISTINCT FROM NEW."low" AND OLD."point" IS NOT DISTINCT FROM NEW."point" AND OLD."high" IS NOT DISTINCT FROM NEW."high" AND OLD."hedge" IS NOT DISTINCT FROM NEW."hedge" AND OLD."missing_reason" IS NOT DISTINCT FROM NEW."missing_reason" AND OLD."as_of" IS NOT DISTINCT FROM NEW."as_of" AND OLD."as_of_earliest" IS NOT DISTINCT FROM NEW."as_of_earliest" AND OLD."as_of_latest" IS NOT DISTINCT FROM NEW."as_of_latest" AND OLD."unit" IS NOT DISTINCT FROM NEW."unit" AND OLD."note" IS NOT DISTINCT FROM NEW."note" AND OLD."held" IS NOT DISTINCT FROM NEW."held" AND OLD."content_hash" IS NOT DISTINCT FROM NEW."content_hash")) EXECUTE FUNCTION keep_history()',
    "CREATE TRIGGER keep_claim_delete BEFORE DELETE ON claim FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_claim_truncate BEFORE TRUNCATE ON claim FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_qualifier_update BEFORE UPDATE ON qualifier FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_qualifier_delete BEFORE DELETE ON qualifier FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_qualifier_truncate BEFORE TRUNCATE ON qualifier FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_assessment_update BEFORE UPDATE ON assessment FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_assessment_delete BEFORE DELETE ON assessment FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_assessment_truncate BEFORE TRUNCATE ON assessment FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_issue_update BEFORE UPDATE ON issue FOR EACH ROW  EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_issue_delete BEFORE DELETE ON issue FOR EACH ROW EXECUTE FUNCTION keep_history()",
    "CREATE TRIGGER keep_issue_truncate BEFORE TRUNCATE ON issue FOR EACH STATEMENT EXECUTE FUNCTION keep_history()",
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "contributor",
        sa.Column("contributor_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("contributor_id", name=op.f("pk_contributor")),
        sa.UniqueConstraint("name", name="uq_contributor_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("contributor_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("undoes", WHOLE, nullable=True),
        sa.Column("claims", WHOLE, nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_change_reason_given")),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["contributor.contributor_id"], name=op.f("fk_change_contributor_id")
        ),
        sa.ForeignKeyConstraint(["undoes"], ["change.seq"], name=op.f("fk_change_undoes")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_strict=True,
    )
    op.create_table(
        "alias",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_alias_change_seq")),
        sa.PrimaryKeyConstraint("name", "kind", "target", "section", "valid_from", name=op.f("pk_alias")),
        sqlite_strict=True,
    )
    op.create_table(
        "assessment",
        sa.Column("change_seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(subject = 'source' AND grade IN ('A', 'B', 'C', 'D', 'E', 'F')) OR (subject = 'claim' AND grade IN ('1', '2', '3', '4', '5', '6'))",
            name=op.f("ck_assessment_grade_fits_subject"),
        ),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_assessment_change_seq")),
        sa.PrimaryKeyConstraint("change_seq", name=op.f("pk_assessment")),
        sqlite_strict=True,
    )
    op.create_index("ix_assessment_subject", "assessment", ["subject", "subject_id"], unique=False)

    op.create_table(
        "force",
        sa.Column("force_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_force_change_seq")),
        sa.PrimaryKeyConstraint("force_id", name=op.f("pk_force")),
        sqlite_strict=True,
    )
    op.create_table(
        "issue",
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_issue_change_seq")),
        sa.PrimaryKeyConstraint("change_seq", "position", name=op.f("pk_issue")),
        sqlite_strict=True,
    )
    op.create_index("ix_issue_claim_id", "issue", ["claim_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("iso2", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Text(), nullable=False),
        sa.Column("longitude", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_place_change_seq")),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_place")),
        sqlite_strict=True,
    )
    op.create_table(
        "source",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_source_change_seq")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source")),
        sqlite_strict=True,
    )
    op.create_table(
        "attribution",
        sa.Column("attribution_id", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_attribution_change_seq")),
        sa.ForeignKeyConstraint(["origin_id"], ["source.source_id"], name=op.f("fk_attribution_origin_id")),
        sa.PrimaryKeyConstraint("attribution_id", name=op.f("pk_attribution")),
        sqlite_strict=True,
    )
    op.create_table(
        "place_member",
        sa.Column("theatre_id", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_place_member_change_seq")),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_place_member_place_id")),
        sa.ForeignKeyConstraint(["theatre_id"], ["place.place_id"], name=op.f("fk_place_member_theatre_id")),
        sa.PrimaryKeyConstraint("theatre_id", "place_id", name=op.f("pk_place_member")),
        sqlite_strict=True,
    )
    op.create_table(
        "report",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.Column("published_earliest", sa.Text(), nullable=True),
        sa.Column("published_latest", sa.Text(), nullable=True),
        sa.Column("retrieved_at", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_report_change_seq")),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name=op.f("fk_report_source_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report")),
        sqlite_strict=True,
    )
    op.create_table(
        "series",
        sa.Column("force", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["force"], ["force.force_id"], name=op.f("fk_series_force")),
        sa.ForeignKeyConstraint(["place"], ["place.place_id"], name=op.f("fk_series_place")),
        sa.PrimaryKeyConstraint("force", "place", "measure", "component", "basis", name=op.f("pk_series")),
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("force_id", sa.Text(), nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_unit_change_seq")),
        sa.ForeignKeyConstraint(["force_id"], ["force.force_id"], name=op.f("fk_unit_force_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit")),
        sqlite_strict=True,
    )
    op.create_table(
        "attribution_link",
        sa.Column("attribution_id", sa.Text(), nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('chain', 'beside')", name=op.f("ck_attribution_link_role_known")),
        sa.ForeignKeyConstraint(
            ["attribution_id"],
            ["attribution.attribution_id"],
            name=op.f("fk_attribution_link_attribution_id"),
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name=op.f("fk_attribution_link_source_id")),
        sa.PrimaryKeyConstraint("attribution_id", "position", name=op.f("pk_attribution_link")),
        sqlite_strict=True,
    )
    op.create_table(
        "claim",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("change_seq", WHOLE, nullable=False),
        sa.Column("recorded_at", WHOLE, nullable=False),
        sa.Column("superseded_at", WHOLE, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Text(), nullable=False),
        sa.Column("attribution_id", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("force", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("low", WHOLE, nullable=True),
        sa.Column("point", WHOLE, nullable=True),
        sa.Column("high", WHOLE, nullable=True),
        sa.Column("hedge", sa.Text(), nullable=True),
        sa.Column("missing_reason", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("as_of_earliest", sa.Text(), nullable=True),
        sa.Column("as_of_latest", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "measure IN ('present', 'deploying', 'withdrawing', 'rotating', 'planned', 'authorized', 'committed', 'other_strength')",
            name=op.f("ck_claim_measure_known"),
        ),
        sa.CheckConstraint("rank IN ('preferred', 'normal', 'deprecated')", name=op.f("ck_claim_rank_known")),
        sa.CheckConstraint(
            "status IN ('draft', 'accepted', 'rejected', 'retracted')", name=op.f("ck_claim_status_known")
        ),
        sa.CheckConstraint(
            "(hedge IS NULL AND missing_reason IS NOT NULL AND low IS NULL AND point IS NULL AND high IS NULL) OR (hedge IS NOT NULL AND missing_reason IS NULL AND coalesce(low, point, high) IS NOT NULL)",
            name=op.f("ck_claim_figure_or_reason"),
        ),
        sa.CheckConstraint(
            "coalesce(low, 0) >= 0 AND coalesce(low, 0) <= coalesce(point, high, low, 0) AND coalesce(point, low, 0) <= coalesce(high, point, low, 0)",
            name=op.f("ck_claim_bounds_in_order"),
        ),
        sa.CheckConstraint("length(locator) > 0", name=op.f("ck_claim_locator_given")),
        sa.CheckConstraint(
            "superseded_at IS NULL OR superseded_at > recorded_at", name=op.f("ck_claim_superseded_later")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_claim_version_from_one")),
        sa.ForeignKeyConstraint(
            ["attribution_id"], ["attribution.attribution_id"], name=op.f("fk_claim_attribution_id")
        ),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_claim_change_seq")),
        sa.ForeignKeyConstraint(["force"], ["force.force_id"], name=op.f("fk_claim_force")),
        sa.ForeignKeyConstraint(["origin_id"], ["source.source_id"], name=op.f("fk_claim_origin_id")),
        sa.ForeignKeyConstraint(["place"], ["place.place_id"], name=op.f("fk_claim_place")),
        sa.ForeignKeyConstraint(["report_id"], ["report.report_id"], name=op.f("fk_claim_report_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.source_id"], name=op.f("fk_claim_source_id")),
        sa.PrimaryKeyConstraint("claim_id", "version", name=op.f("pk_claim")),
        sqlite_strict=True,
    )
    op.create_index("ix_claim_change_seq", "claim", ["change_seq"], unique=False)
    op.create_index(
        "ix_claim_known",
        "claim",
        ["force", "place", "measure", "component", "basis", "as_of_latest", "recorded_at", "superseded_at"],
        unique=False,
    )
    op.create_index(
        "ix_claim_series",
        "claim",
        [
            "force",
            "place",
            "measure",
            "component",
            "basis",
            "status",
            "as_of_latest",
            "recorded_at",
            "claim_id",
            "version",
            "rank",
            "as_of",
            "as_of_earliest",
            "low",
            "point",
            "high",
            "hedge",
            "missing_reason",
            "source_id",
            "origin_id",
            "report_id",
            "printed",
        ],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )

    op.create_table(
        "qualifier",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id", "version"], ["claim.claim_id", "claim.version"], name=op.f("fk_qualifier_claim_id")
        ),
        sa.PrimaryKeyConstraint("claim_id", "version", "position", name=op.f("pk_qualifier")),
        sqlite_strict=True,
    )
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for statement in guards:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take the tables away.

    Raises:
        HistoryKept: the ledger has changes.
    """
    if op.get_bind().exec_driver_sql("SELECT 1 FROM change LIMIT 1").first() is not None:
        raise HistoryKept("A ledger with changes in it is not taken apart; nothing was changed.")
    op.drop_table("qualifier")
    op.drop_index(
        "ix_claim_series",
        "claim",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index("ix_claim_known", "claim")
    op.drop_index("ix_claim_change_seq", "claim")

    op.drop_table("claim")
    op.drop_table("attribution_link")
    op.drop_table("unit")
    op.drop_table("series")
    op.drop_table("report")
    op.drop_table("place_member")
    op.drop_table("attribution")
    op.drop_table("source")
    op.drop_table("place")
    op.drop_index("ix_issue_claim_id", "issue")

    op.drop_table("issue")
    op.drop_table("force")
    op.drop_index("ix_assessment_subject", "assessment")

    op.drop_table("assessment")
    op.drop_table("alias")
    op.drop_table("change")
    op.drop_table("contributor")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_history()")
