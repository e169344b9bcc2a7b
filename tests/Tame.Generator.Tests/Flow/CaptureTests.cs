namespace Tame.Generator.Tests.Flow;

public sealed class CaptureTests
{
    [Fact]
    public void What_a_lambda_names_is_captured() =>
        TamedBody.Check("int liveCaptured = 1; int x = 2; Func<int, int> live = y => liveCaptured + y; Use(x); Wait(); Use(live(1));");

    [Fact]
    public void A_captured_variable_lives_as_long_as_it_is_in_scope() =>
        TamedBody.Check("{ int captured = 1; Func<int> f = () => captured; f(); } Wait(); { int liveCaptured = 1; Wait(); Func<int> f = () => liveCaptured; f(); }");

    [Fact]
    public void A_fresh_variable_of_each_round_is_captured() =>
        TamedBody.Check("""
            var live = new List<Action>();
            foreach (var liveCaptured in new int[3]) { live.Add(() => Use(liveCaptured)); Wait(); }
            foreach (var captured in new int[3]) { live.Add(delegate { Use(captured); }); }
            """);

    [Fact]
    public void Nested_lambdas_capture_through_one_another() =>
        TamedBody.Check("int liveCaptured = 1; Func<Func<int>> f = () => () => liveCaptured; Use(f()()); Wait();");

    [Fact]
    public void A_parameter_is_captured() =>
        TamedBody.Check("Func<int> f = () => liveCaptured; Use(f(), x); Wait();", "int liveCaptured, int x");

    [Fact]
    public void A_local_function_captures_before_its_declaration() =>
        TamedBody.Check("int liveCaptured = 1; int x = 1; Use(x); Wait(); Use(Sum(2)); int Sum(int y) { int z = y; return z + liveCaptured; }");

    [Fact]
    public void A_static_local_function_captures_nothing() =>
        TamedBody.Check("int x = 1; Use(Twice(x)); Wait(); static int Twice(int y) => 2 * y;");

    [Fact]
    public void A_query_captures_what_its_clauses_name() =>
        TamedBody.Check("""
            var source = new int[3]; int liveCaptured = 1; int liveCapturedToo = 2;
            var live = from a in source where a > liveCaptured let b = a + liveCapturedToo orderby b select b;
            Wait();
            Use(live);
            """);

    [Fact]
    public void The_first_source_of_a_query_is_no_capture() =>
        TamedBody.Check("var source = new int[3]; var q = from a in source select a; Use(q); Wait();");

    [Fact]
    public void A_wait_in_a_lambda_is_none_of_the_body() =>
        Assert.Empty(TamedBody.Of("Action f = () => { Wait(); twait(Ids); }; f(); Local(); void Local() { Wait(); }").Flow.Waits);

    [Fact]
    public void An_assignment_by_a_lambda_counts_wherever_the_variable_is_in_scope() =>
        TamedBody.Check("int liveCaptured; Action live = () => liveCaptured = 1; Wait(); live(); liveCaptured = 2; Use(liveCaptured);");
}
