namespace Tame.Generator.Tests.Flow;

public sealed class LoopTests
{
    [Fact]
    public void A_for_variable_lives_across_a_wait_in_its_body() =>
        TamedBody.Check("for (int liveI = 0, liveN = 3; liveI < liveN; liveI++) Wait();");

    [Fact]
    public void A_for_variable_of_a_loop_without_waits_does_not() =>
        TamedBody.Check("for (int i = 0; i < 3; i++) Use(i); Wait(); for (int i = 0; i < 3; i++) Use(i);");

    [Fact]
    public void A_local_of_the_body_used_before_the_wait_only_does_not_live_across_it()
    {
        TamedBody.Check("for (int liveI = 0; liveI < 3; liveI++) { int x = Next(); Use(x); Wait(); }");
        TamedBody.Check("while (Maybe()) { int x; x = Next(); Use(x); Wait(); }");
        TamedBody.Check("do { int x = Next(); Use(x); Wait(); } while (Maybe());");
        TamedBody.Check("for (;;) { if (Any() is int x) Use(x); Wait(); }");
        TamedBody.Check("while (true) { Point p; p.X = 1; p.Y = 2; Use(p); Wait(); }");
        TamedBody.Check("foreach (var y in new int[2]) { if (Try(out int x)) Use(x); Use(y); Wait(); }");
    }

    [Fact]
    public void A_local_outside_the_loop_read_in_the_next_round_lives() =>
        TamedBody.Check("int live = 0; int x = 0; Use(x); while (Maybe()) { Use(live); Wait(); if (Maybe()) live = 2; } while (Maybe()) { x = 1; Use(x); Wait(); }");

    [Fact]
    public void A_condition_after_the_wait_is_read_after_the_wait() =>
        TamedBody.Check("int live = 3; do { Wait(); } while (live > 0); int liveToo = 3; while (liveToo > 0) { Wait(); liveToo--; }");

    [Fact]
    public void A_foreach_variable_used_after_the_wait_lives() =>
        TamedBody.Check("""
            foreach (var live in new int[2]) { Wait(); Use(live); }
            foreach (char live in "ab") { Wait(); Use(live); }
            foreach (var live in new List<int>()) { Wait(); Use(live); }
            foreach (var x in new List<int>()) { Use(x); Wait(); }
            foreach (var (live, x) in new Dictionary<int, int>()) { Use(x); Wait(); Use(live); }
            foreach ((int live, (int x, _)) in new (int, (int, int))[1]) { Use(x); Wait(); Use(live); }
            """);

    [Fact]
    public void The_collection_of_a_foreach_is_read_once() =>
        TamedBody.Check("var list = new List<int>(); foreach (var x in list) { Use(x); Wait(); }");

    [Fact]
    public void Break_leaves_without_another_round() =>
        TamedBody.Check("while (true) { int x = Next(); Use(x); if (Maybe()) { Wait(); break; } Use(x); }");

    [Fact]
    public void Continue_goes_to_the_next_round() =>
        TamedBody.Check("""
            int live = 1;
            while (Maybe())
            {
                Use(live);
                int x = Next();
                if (Maybe()) { Wait(); continue; }
                Use(x);
                live = 1;
            }
            """);

    [Fact]
    public void Goto_goes_where_it_says()
    {
        TamedBody.Check("int live = 1; again: Use(live); Wait(); goto again;");
        TamedBody.Check("int x = 1; Use(x); goto over; again: x = 1; Use(x); return; over: Wait(); goto again;");
        TamedBody.Check("again: object? x = Any(); Use(x); Wait(); goto again;");
    }

    [Fact]
    public void A_pattern_variable_is_new_at_each_pass_of_a_goto_loop() =>
        TamedBody.Check("again: if (Any() is string x) Use(x); Wait(); goto again;");

    [Fact]
    public void A_pattern_variable_written_elsewhere_survives_a_pattern_that_does_not_match() =>
        TamedBody.Check("""
            goto enter;
            again:
            Wait();
            if (Any() is string live) Use(1);
            Use(live);
            return;
            enter:
            live = "x";
            goto again;
            """);

    [Fact]
    public void Nested_loops_keep_what_the_outer_needs() =>
        TamedBody.Check("""
            for (int liveI = 0; liveI < 3; liveI++)
            {
                int live = Next();
                for (int j = 0; j < 3; j++) Use(j);
                for (int liveJ = 0; liveJ < 3; liveJ++) { int x = liveJ; Use(x); Wait(); }
                Use(live);
            }
            """);

    [Fact]
    public void An_endless_loop_hides_what_follows_it()
    {
        var body = TamedBody.Of("int x = 1; while (true) { Wait(); } Use(x); Wait();");

        body.Check();
        Assert.Equal([true, false], body.Flow.Waits.Select(wait => body.Flow.IsReachable(wait.Syntax)));
    }
}
