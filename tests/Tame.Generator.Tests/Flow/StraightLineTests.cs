namespace Tame.Generator.Tests.Flow;

public sealed class StraightLineTests
{
    [Fact]
    public void A_local_read_after_a_wait_lives_across_it() =>
        TamedBody.Check("int live = Next(); int x = Next(); Use(x); Wait(); Use(live);");

    [Fact]
    public void A_local_written_again_after_the_wait_does_not() =>
        TamedBody.Check("int x = Next(); Use(x); Wait(); x = Next(); Use(x);");

    [Fact]
    public void A_value_read_to_make_the_new_one_is_needed() =>
        TamedBody.Check("int live = 1; int liveToo = 1; int liveAsWell = 1; int x = 1; Wait(); live += 1; liveToo++; liveAsWell = liveAsWell * 2; x = 2; Use(x);");

    [Fact]
    public void Parameters_count_as_locals_do() =>
        TamedBody.Check("Use(x); Wait(); Use(live); y = 1; Use(y);", "int live, int x, int y, int unused");

    [Fact]
    public void A_body_without_waits_keeps_what_is_captured_only() =>
        TamedBody.Check("int x = Next(); Use(x, y); int captured = 1; Func<int> f = () => captured; f();", "int y");

    [Fact]
    public void A_wait_for_a_rendezvous_reads_it_before_and_writes_its_outs_after()
    {
        TamedBody.Check("var r = new Rendezvous<int>(); twait(r, out int id, out var error); Use(id, error);");
        TamedBody.Check("int id = 1; Use(id); twait(Ids, out id); Use(id);");
    }

    [Fact]
    public void The_place_of_an_out_of_a_rendezvous_is_found_before_the_wait() =>
        TamedBody.Check("var a = new int[3]; int i = 1; twait(Ids, out a[i++]); var liveB = new int[2]; twait(Ids, out liveB[0]); Use(liveB);");

    [Fact]
    public void A_slot_is_kept_although_nobody_reads_it() =>
        TamedBody.Check("int slot; using (twait()) Go(mkevent(out slot)); using (twait()) Go(mkevent(out string? slotToo));");

    [Fact]
    public void Making_the_event_does_not_overwrite_the_slot()
    {
        var body = TamedBody.Of("int liveSlot = 7;\nWait();\nusing (twait()) Go(mkevent(out liveSlot));\nUse(liveSlot);");

        Assert.Equal(2, body.LineOf(Assert.Single(body.Flow.LiveAcross).Wait));
    }

    [Fact]
    public void An_element_or_a_field_of_an_object_is_a_slot_of_its_own() =>
        TamedBody.Check("""
            var array = new int[1]; var node = new Node(); int i = 0; int id = 3;
            using (twait()) { Go(mkevent(out array[i])); Go(mkevent(out node.Where.X)); Go(mkevent(Ids, id, out node.Value)); }
            """);

    [Fact]
    public void A_struct_of_which_a_field_is_a_slot_is_one() =>
        TamedBody.Check("Line slot = default; (int A, string? B) liveSlot = default; using (twait()) { Go(mkevent(out slot.From.X)); Go(mkevent(out liveSlot.B)); } Use(liveSlot.A);");

    [Fact]
    public void Constants_stay_constants() =>
        TamedBody.Check("const int c = 1; Wait(); Use(c);");

    [Fact]
    public void A_name_is_no_use() =>
        TamedBody.Check("int x = 1; Use(x); Wait(); Use(nameof(x)); Func<string> f = () => nameof(x); f();");

    [Fact]
    public void Waits_inside_the_block_of_another_count_as_well() =>
        TamedBody.Check("int live = 1; int liveInner = 1; using (twait()) { using (twait()) { Go(mkevent()); } Use(liveInner); } Use(live);");

    [Fact]
    public void What_only_the_block_reads_does_not_live_across_its_end() =>
        TamedBody.Check("int x = 1; using (twait()) { int y = x; Go(mkevent()); Use(x, y); }");

    [Fact]
    public void Arguments_are_evaluated_in_order_and_outs_written_last() =>
        TamedBody.Check("int x = 1; int live = 1; Wait(); Set(out x); Use(x, live = live + 1);");

    [Fact]
    public void A_reference_argument_needs_the_value() =>
        TamedBody.Check("int live = 1; Wait(); Change(ref live);");

    [Fact]
    public void An_expression_body_is_a_body()
    {
        var body = TamedBody.Parse("class Bodies : World { void Body(Rendezvous<int> r) => twait(r); }");

        body.Check();
        Assert.Single(body.Flow.Waits);
    }
}
