"""Single tests whose branches aren't counted, of files that otherwise are (docs/adr/0226)."""

UNCOUNTED_TESTS = {
    "cli/test_bad_input.py": ("test_help_of_every_command_is_in_the_readers_language",),
    "cli/test_progress.py": ("test_evaluating_shows_its_steps",),
    "declarations/test_errors.py": ("test_every_example_is_told_and_remedied_in_every_language",),
    "declarations/test_reader.py": ("test_any_text_gives_data_or_problems_and_never_raises",),
    "declarations/test_reference.py": ("test_the_published_page_is_that_of_this_version",),
    "declarations/test_rewriting.py": ("test_every_kind_of_file_goes_through_edit_save_and_reload",),
    "domain/test_core_operations.py": (
        "test_a_tally_aggregates_what_a_loop_over_all_pairs_finds",
        "test_an_event_fills_one_slot_the_unfilled_one_that_ends_first",
        "test_what_a_step_hands_on_is_net_no_key_comes_twice",
    ),
    "domain/test_expressions.py": (
        "test_a_compiled_condition_is_what_direct_evaluation_gives",
        "test_a_mark_occurs_only_where_the_type_says_so",
        "test_the_engine_form_with_its_columns_means_the_same",
    ),
    "domain/test_narrowing.py": ("test_choices_narrowed_in_the_browser_are_those_that_the_server_offers",),
    "domain/test_sources.py": ("test_kept_up_in_any_order_the_rows_are_those_of_a_fresh_load",),
    "domain/test_written.py": ("test_a_typed_condition_reads_back_with_the_same_meaning",),
    "engine/test_decider.py": ("test_a_worker_is_replaced_when_it_has_done_enough",),
    "exchange/test_workbooks.py": (
        "test_a_register_that_goes_out_comes_in_again_as_known",
        "test_the_returned_workbook_is_mended_and_comes_in",
    ),
    "printing/test_bad_input.py": ("test_rare_names_are_right_on_a_certificate_in_traditional_characters",),
    "printing/test_pictures.py": ("test_rows_may_be_bold_and_set_in_and_keep_their_texts",),
    "printing/test_templates.py": (
        "test_a_template_that_spoils_the_process_ends_it_alone_and_the_next_order_has_another",
    ),
    "services/test_archiving.py": ("test_what_is_no_outcome_is_refused_by_name",),
    "services/test_contested_parts.py": (
        "test_what_is_given_back_is_added_to_the_part_that_it_names_in_its_year",
    ),
    "services/test_duty_counting.py": (
        "test_an_entry_that_fits_two_sources_counts_once",
        "test_half_of_the_visits_are_made_at_home",
    ),
    "services/test_duty_incremental.py": ("test_entries_that_come_one_by_one_give_what_they_give_together",),
    "services/test_every_kind_edited.py": (
        "test_nothing_but_the_edited_leaf_differs_after_a_reload",
        "test_what_is_added_moved_and_taken_away_leaves_all_else_as_it_was",
    ),
    "services/test_explain.py": ("test_the_entries_that_a_row_names_are_enough_to_make_it",),
    "services/test_impact.py": ("test_a_change_reaches_whom_it_concerns",),
    "services/test_kinds_appraisals.py": ("test_whoever_may_have_a_grade_may_take_a_place",),
    "services/test_kinds_figures.py": (
        "test_a_measure_is_taken_of_the_rows_of_each_window",
        "test_a_missing_part_follows_its_policy",
        "test_a_quota_is_a_share_of_all_who_have_a_score",
        "test_quotas_agree_with_a_list_sorted_by_hand",
        "test_the_best_are_chosen_by_rank_with_a_policy_for_ties",
    ),
    "services/test_kinds_indicators.py": ("test_a_sample_waits_for_its_draw_and_is_drawn_by_the_first_seed",),
    "services/test_kinds_lookback.py": (
        "test_a_year_that_ends_in_the_period_is_the_year_that_the_year_finds",
        "test_two_excellent_years_running_take_the_published_one_as_published",
    ),
    "services/test_kinds_rules.py": (
        "test_a_lot_fills_exactly_the_places_that_there_are_and_never_passes_over_a_better_one",
        "test_selections_agree_with_counting_who_is_better",
        "test_ties_are_broken_by_further_columns_and_groups_rank_by_themselves",
    ),
    "services/test_kinds_sheet.py": (
        "test_an_amount_is_worth_what_it_says",
        "test_halves_are_rounded_as_declared_whatever_the_sign",
    ),
    "services/test_own_drafts.py": ("test_what_a_changed_form_no_longer_asks_is_kept_apart_in_its_words",),
    "services/test_reasons_sheets.py": ("test_every_displayed_sum_adds_up_to_the_stored_points",),
    "services/test_second_year.py": (
        "test_checks_of_hazards_say_where_they_were_made_and_some_were_too_far_apart_to_be_reached",
        "test_the_second_year_stands_at_its_publicity_with_appeals_that_wait",
    ),
    "services/test_sheet_language.py": ("test_a_mark_counts_from_those_alone_whose_item_it_is",),
    "services/test_versions.py": ("test_two_versions_of_a_declared_table_share_its_name",),
}
"""By file, the tests that take long and reach nothing, or next to nothing, that no other counted test reaches: half of
their time was the counting. One that is renamed is counted again until its name is mended here.
"""
