namespace Tame.Generator.Tests.Flow;

public sealed class StorageTests
{
    [Fact]
    public void A_field_written_replaces_no_struct() =>
        TamedBody.Check("Point live = default; Point x = default; Use(x); Wait(); live.X = 1; Use(live); x = default; x.X = 2;");

    [Fact]
    public void A_struct_of_which_fields_are_only_written_is_not_needed() =>
        TamedBody.Check("Line x = default; Use(x); Wait(); x.From.X = 1; x.To.Y = 2;");

    [Fact]
    public void A_method_on_a_struct_needs_it() =>
        TamedBody.Check("Point live = default; Point liveToo = default; Wait(); live.Move(); Use(liveToo.Sum);");

    [Fact]
    public void A_field_written_through_a_class_reads_the_reference() =>
        TamedBody.Check("Node live = new(); Wait(); live.Where.X = 1;");

    [Fact]
    public void A_declaration_without_a_value_starts_a_new_life() =>
        TamedBody.Check("while (Maybe()) { Point p; if (Maybe()) { p = default; Use(p); } Wait(); }");

    [Fact]
    public void Deconstruction_writes_each_part() =>
        TamedBody.Check("int x = 1, live = 2; string? y = null; var liveArray = new int[1]; Use(x, y); Wait(); (x, y) = Pair(); (liveArray[0], (x, _)) = (live, (x, y)); var (a, b) = Pair(); Use(a, b, x, y);");

    [Fact]
    public void A_swap_reads_both() =>
        TamedBody.Check("int live = 1, liveToo = 2; Wait(); (live, liveToo) = (liveToo, live); Use(live, liveToo);");

    [Fact]
    public void Tuples_are_structs() =>
        TamedBody.Check("(int A, int B) live = (1, 2); (int, int) x = (3, 4); Use(x); Wait(); live.A = 2; Use(live); x = (1, 2); Use(x.Item1);");

    [Fact]
    public void Object_initializers_and_with_write_to_the_new_object() =>
        TamedBody.Check("int live = 1; Point livePoint = default; Wait(); var p = new Point { X = live, Y = Maybe() ? 1 : 2 }; p = livePoint with { X = 2 }; Use(p);");

    [Fact]
    public void A_write_through_a_reference_reads_the_reference() =>
        Assert.Equal(["live", "liveToo"], Crossing("var a = new int[2]; ref int live = ref a[0]; ref int liveToo = ref a[1]; ref int x = ref a[0]; x = 1; Wait(); live = 2; liveToo++;"));

    [Fact]
    public void Only_a_reference_assignment_points_elsewhere() =>
        Assert.Equal(["live"], Crossing("var live = new int[2]; ref int x = ref live[0]; x = 3; Wait(); x = ref live[1]; x = 4;"));

    [Fact]
    public void An_out_of_a_rendezvous_written_through_a_reference_needs_it_after_the_wait() =>
        Assert.Equal(["live"], Crossing("ref int live = ref Where(); twait(Ids, out live);"));

    [Fact]
    public void Taking_a_reference_needs_the_variable() =>
        TamedBody.Check("int live = 1; Wait(); ref int r = ref live; r = 2;");

    [Fact]
    public void Spans_used_on_one_side_of_a_wait_only_do_not_live() =>
        TamedBody.Check("""
            Span<int> x = stackalloc int[3];
            x[0] = 1;
            Wait();
            x = new int[2];
            UseSpan(x);
            foreach (ref var y in x) y = 3;
            while (Maybe()) { ReadOnlySpan<int> z = new int[1]; UseSpan(z); Wait(); }
            """);

    [Fact]
    public void A_span_that_lives_is_named_with_the_first_wait_it_crosses()
    {
        var body = TamedBody.Of("""
            Wait();
            Span<int> live = new int[2];
            Wait();
            UseSpan(live);
            Wait();
            UseSpan(live);
            """);

        var (local, wait) = Assert.Single(body.Flow.LiveAcross);
        Assert.Equal("live", local.Name);
        Assert.Equal(3, body.LineOf(wait));
    }

    [Fact]
    public void Pointers_are_followed_like_any_local()
    {
        Assert.Equal(["live", "livePointer"], Crossing("int live = 1; int* livePointer = &live; int* x = &live; *x = 2; Wait(); *livePointer = 3; Use(live);"));
        TamedBody.Check("var live = new int[2]; fixed (int* p = live) { *p = 1; } Wait(); fixed (int* p = &live[0]) p[1] = 3;");
    }

    private static IEnumerable<string> Crossing(string statements) =>
        TamedBody.Of(statements).Flow.LiveAcross.Select(crossing => crossing.Local.Name).Order();
}
