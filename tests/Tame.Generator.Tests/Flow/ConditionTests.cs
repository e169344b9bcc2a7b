namespace Tame.Generator.Tests.Flow;

public sealed class ConditionTests
{
    [Fact]
    public void A_variable_needed_on_one_branch_lives() =>
        TamedBody.Check("int live = 1; int x = 2; if (Maybe()) { Wait(); Use(live); } else Use(x);");

    [Fact]
    public void Pattern_variables_used_after_a_wait_live() =>
        TamedBody.Check("""
            if (Any() is string { Length: > 2 and var live } liveText && Any() is not int x) { Wait(); Use(live, liveText); }
            if (Any() is not string liveLater) return;
            Wait();
            Use(liveLater);
            """);

    [Fact]
    public void Pattern_variables_used_before_the_wait_only_do_not() =>
        TamedBody.Check("if (Any() is (int a, int[] and [var b, .. var rest]) && a > 0) { Use(a, b, rest); Wait(); } if (Any() is var all) { Use(all); Wait(); }");

    [Fact]
    public void List_and_positional_patterns_declare_variables() =>
        TamedBody.Check("if (new[] { 1, 2 } is [var live, .. var liveRest] && Any() is KeyValuePair<int, int>(var liveKey, var x)) { Use(x); Wait(); Use(live, liveRest, liveKey); }");

    [Fact]
    public void Out_variables_follow_the_same_rule() =>
        TamedBody.Check("if (Try(out int live) && Try(out var x)) { Use(x); Wait(); Use(live); } if (Try(out _)) Wait();");

    [Fact]
    public void Short_circuits_leave_what_they_skip() =>
        TamedBody.Check("int live = 1; int x = 1; Wait(); bool b = Maybe() && Try(out live); x = Maybe() || Maybe() ? 1 : 2; Use(b, live, x);");

    [Fact]
    public void Both_sides_of_a_conditional_assign() =>
        TamedBody.Check("int x = 1; int live = 1; Wait(); x = Maybe() ? 1 : 2; if (Maybe()) live = 3; Use(x, live);");

    [Fact]
    public void A_conditional_place_replaces_neither_variable() =>
        TamedBody.Check("int live = 1; int liveToo = 1; bool b = Maybe(); Use(b); Wait(); (Maybe() ? ref live : ref liveToo) = 2; Use(live, liveToo);");

    [Fact]
    public void A_null_conditional_reads_its_receiver() =>
        TamedBody.Check("Node? live = new(); Node? x = new(); int i = 1; Use(x?.Next?.Value, i); Wait(); Use(live?.Next?.Value);");

    [Fact]
    public void A_null_conditional_call_may_skip_its_outs() =>
        TamedBody.Check("Dictionary<int, int>? live = new(); int liveValue = 1; Wait(); live?.TryGetValue(1, out liveValue); Use(liveValue);");

    [Fact]
    public void Coalescing_reads_before_it_writes() =>
        TamedBody.Check("string? live = null; string? x = null; Wait(); live ??= \"a\"; Use(live); x = live ?? \"b\"; Use(x);");

    [Fact]
    public void The_place_of_an_assignment_is_read_before_its_value() =>
        TamedBody.Check("int[] live = new int[2]; int liveI = 0; int liveToo = 0; Wait(); live[liveI = liveI + 1] = liveToo = liveToo + (Maybe() ? 1 : 2);");

    [Fact]
    public void Switch_sections_are_branches() =>
        TamedBody.Check("""
            object? value = Any(); int live = 1; int x = 1; int liveNext = 2;
            switch (value)
            {
                case string { Length: var n } s when n > 2: Use(s, n, x); Wait(); goto case 2L;
                case int liveI: Wait(); Use(liveI); break;
                case 1L: goto default;
                case 2L: Use(liveNext); break;
                default: Wait(); Use(live); break;
            }
            """);

    [Fact]
    public void The_value_of_a_switch_is_read_once() =>
        TamedBody.Check("int x = Next(); switch (x) { case 1: Wait(); break; case > 2 and < 5: Wait(); break; }");

    [Fact]
    public void Switch_expressions_are_expressions() =>
        TamedBody.Check("object? live = Any(); Wait(); var x = live switch { int i when i > 2 => i, string { Length: var n } => n, _ => 0 }; Use(x);");

    [Fact]
    public void Constant_conditions_are_known() =>
        TamedBody.Check("int x = 1; Wait(); if (false) Use(x); if (true) { x = 1; } Use(x);");
}
