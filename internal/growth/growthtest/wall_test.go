package growthtest

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// readable is everything that the growth login may read: where there is what, the roll-ups, and its own tables.
// A table that is not here is refused, a new one too, until somebody adds it on purpose.
var readable = []string{
	"organisation", "organisation_span", "service", "service_target", "contract", "sign_off", "installation",
	"rollup_count", "rollup_wait", "rollup_cohort", "rollup_state", "rollup_run", "rollup_feedback", "rollup_workforce", "rollup_fit", "rollup_clinic", "rollup_reach", "pulse_result", "rollup_supervision", "conversation_uptake", "adjustment_uptake", "rollup_feedback_theme", "feedback_quote", "said_did",
	"absence_import", "absence_rate", "absence_reason", "chart_mark", "service_closure", "indicator_target", "indicator_owner",
	"citation", "document", "round_file",
	"plan_need", "plan_objective", "plan_objective_need", "plan_measure", "plan_action",
	"plan_version", "plan_coproduction", "plan_equality", "board_item", "board_decision", "board_question", "board_answer_figure",
	"self_check", "route_step", "question", "question_set", "question_set_item", "diagnostic_round", "round_question", "round_voice",
	"round_answer", "round_tally", "round_evidence", "round_weight",
	"assurance_evidence", "assurance_rating", "assurance_question", "assurance_entry", "assurance_statement", "assurance_step", "assurance_pack", "assurance_cited",
	"evidence_import", "evidence_edition", "evidence_standard", "evidence_standard_version", "evidence_item", "evidence_link", "evidence_cleared",
	"evidence_reminder", "evidence_snapshot", "clinical_audit",
	"data_import", "series", "series_point", "survey_question", "survey_result",
	"forecast", "forecast_withdrawal", "forecast_baseline", "forecast_verdict", "effect_decision",
	"balance_entry", "pathway_version", "maturity_framework", "maturity_rating", "improvement_aim", "improvement_measure", "improvement_cycle",
	"workforce_post", "workforce_change", "workforce_vacancy", "workforce_plan", "workforce_rate", "workforce_overtime",
	"capacity_override", "capacity_scenario", "capacity_run",
	"invest_plan", "invest_line", "invest_benefit", "invest_actual", "invest_text", "invest_cited", "invest_case",
	"site_address", "site_version", "site_setting", "site_vacancy", "campaign", "campaign_reach", "ambassador_talk",
	"story", "story_effect", "testimonial", "award", "award_criterion", "award_evidence",
	"sharing_agreement", "sharing_code", "sharing_release", "sharing_value", "system_key", "system_release", "system_value", "pooled_run", "skills_person", "skills_offer", "skills_held", "skills_need", "skills_request", "people_action", "people_action_part",
	"contract_level", "contract_line", "contract_dates", "contract_pack", "contract_review", "contract_action", "contract_site", "front_door", "unit_cost",
	"nation_strand", "nation_promise", "network_group", "network_member", "network_meeting", "network_paper", "network_decision", "network_action", "nation_cohort", "nation_cohort_count", "nation_call", "nation_reply", "call_reply", "call_answer", "nation_study", "nation_study_effect", "nation_extract",
	"community", "community_member", "community_moderator", "community_band", "community_group", "community_group_member", "community_post", "community_use", "community_copy", "community_flag", "community_buddy", "letter_template",
	"framework_version", "framework_round", "framework_comment", "framework_agreement", "framework_answer", "maturity_taken", "contract_rating",
}

// writable is what it may add to or change besides: traces of what was done, and its own tables.
var writable = []string{
	"audit_event", "outbox", "job_effect", "absence_import", "absence_rate", "absence_reason", "chart_mark", "service_closure", "indicator_target", "indicator_owner",
	"citation", "document", "round_file",
	"plan_need", "plan_objective", "plan_objective_need", "plan_measure", "plan_action",
	"said_did", "plan_version", "plan_coproduction", "plan_equality", "board_item", "board_decision", "board_question", "board_answer_figure",
	"self_check", "route_step", "question", "question_set", "question_set_item", "diagnostic_round", "round_question", "round_voice",
	"round_answer", "round_tally", "round_evidence", "round_weight",
	"assurance_evidence", "assurance_rating", "assurance_question", "assurance_entry", "assurance_statement", "assurance_step", "assurance_pack", "assurance_cited",
	"evidence_import", "evidence_edition", "evidence_standard", "evidence_standard_version", "evidence_item", "evidence_link", "evidence_cleared",
	"evidence_reminder", "evidence_snapshot", "clinical_audit",
	"data_import", "series", "series_point", "survey_question", "survey_result",
	"forecast", "forecast_withdrawal", "forecast_baseline", "forecast_verdict", "effect_decision",
	"balance_entry", "pathway_version", "maturity_framework", "maturity_rating", "improvement_aim", "improvement_measure", "improvement_cycle",
	"workforce_post", "workforce_change", "workforce_vacancy", "workforce_plan", "workforce_rate", "workforce_overtime",
	"capacity_override", "capacity_scenario", "capacity_run",
	"invest_plan", "invest_line", "invest_benefit", "invest_actual", "invest_text", "invest_cited", "invest_case",
	"site_version", "site_setting", "site_vacancy", "campaign", "campaign_reach", "ambassador_talk",
	"story", "story_effect", "testimonial", "award", "award_criterion", "award_evidence",
	"sharing_agreement", "sharing_code", "sharing_release", "sharing_value", "system_key", "system_release", "system_value", "pooled_run", "skills_offer", "skills_need", "skills_request", "people_action", "people_action_part",
	"contract_level", "contract_line", "contract_dates", "contract_pack", "contract_review", "contract_action", "contract_site", "front_door", "unit_cost",
	"nation_strand", "nation_promise", "network_group", "network_member", "network_meeting", "network_paper", "network_decision", "network_action", "nation_cohort", "nation_cohort_count", "nation_call", "nation_reply", "call_reply", "call_answer", "nation_study", "nation_study_effect", "nation_extract",
	"community", "community_member", "community_moderator", "community_band", "community_group", "community_group_member", "community_post", "community_use", "community_copy", "community_flag", "community_buddy", "letter_template",
	"framework_version", "framework_round", "framework_comment", "framework_agreement", "framework_answer", "maturity_taken", "contract_rating",
}

// TestGrowthLoginReadsNothingOfAPerson asks the migrated catalogue, column by column, and then tries.
func TestGrowthLoginReadsNothingOfAPerson(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `select n.nspname, c.relname,
 has_any_column_privilege('rowan_growth', c.oid, 'select') and has_schema_privilege('rowan_growth', n.oid, 'usage'),
 has_any_column_privilege('rowan_growth', c.oid, 'insert') or has_any_column_privilege('rowan_growth', c.oid, 'update')
  or has_table_privilege('rowan_growth', c.oid, 'delete') or has_table_privilege('rowan_growth', c.oid, 'truncate')
 from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r','p','v','m','f') and n.nspname not in ('pg_catalog','information_schema') and n.nspname !~ '^pg_' order by 1, 2`)
	if err != nil {
		t.Fatal(err)
	}
	type table struct {
		Schema, Name  string
		Reads, Writes bool
	}
	tables, err := pgx.CollectRows(rows, pgx.RowToStructByPos[table])
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) < 40 {
		t.Fatalf("only %d tables: the catalogue was not read", len(tables))
	}
	for _, x := range tables {
		known := x.Schema == "public" && slices.Contains(readable, x.Name)
		if x.Reads != known {
			t.Errorf("%s.%s: growth reads %v, want %v", x.Schema, x.Name, x.Reads, known)
		}
		if known := x.Schema == "public" && slices.Contains(writable, x.Name); x.Writes != known {
			t.Errorf("%s.%s: growth writes %v, want %v", x.Schema, x.Name, x.Writes, known)
		}
		if x.Reads {
			continue
		}
		err := db.InTenant(ctx, w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select 1 from `+pgx.Identifier{x.Schema, x.Name}.Sanitize())
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s.%s: select answers %v, want permission denied", x.Schema, x.Name, err)
		}
	}
}
