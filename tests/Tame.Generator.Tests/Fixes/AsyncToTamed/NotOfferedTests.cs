namespace Tame.Generator.Tests.Fixes.AsyncToTamed;

/// <summary>The refactoring is not offered if it would change the program's behavior, or if C# or Tame does not allow the pair.</summary>
public sealed class NotOfferedTests
{
    [Theory]
    [InlineData("async Task M(bool a) { if (a && await Later(true)) Say(1); }")]
    [InlineData("async Task<int> M(bool a) => a ? await Later(1) : 2;")]
    [InlineData("async Task<string> M(string? s) => s ?? await Later(s) ?? \"\";")]
    [InlineData("async Task<string> M(string? s) { s ??= await Later(\"\"); return s; }")]
    [InlineData("async Task M(List<int>? l) { l?.Add(await Later(1)); }")]
    [InlineData("async Task<int> M(int n) => n switch { 1 => await Later(1), _ => 2 };")]
    [InlineData("async Task M(object o) { switch (o) { case int n when await Later(n) > 1: break; } }")]
    public Task An_await_that_runs_under_a_condition_stays(string member) => IsNotOffered(member);

    [Theory]
    [InlineData("async Task M() { do Say(1); while (await Later(false)); }")]
    [InlineData("async Task M() { for (int i = 0; i < await Later(2); i++) Say(i); }")]
    [InlineData("async Task M() { for (int i = 0; i < 2; i += await Later(2)) Say(i); }")]
    public Task An_await_that_runs_after_each_turn_of_a_loop_stays(string member) => IsNotOffered(member);

    [Theory]
    [InlineData("int _total; async Task M() { _total += await Later(1); }")]
    [InlineData("static int Get(out int k) => k = 5; async Task<int> M(int n) => Get(out var k) + await Later(n) + k;")]
    [InlineData("int P => 1; async Task<int> M() { var t = (P, await Later(2)); return t.P; }")]
    [InlineData("async Task<int> M() { int[] a = { Side(1), await Later(2) }; return a[0]; }")]
    [InlineData("async Task<int> M(int n) => checked(Side(n) * await Later(n));")]
    [InlineData("class Bag : List<int>; async Task M() { Bag b = [1, await Later(2)]; Say(b); }")]
    [InlineData("async Task<List<int>> M() => new List<int> { await Later(1) };")]
    public Task An_await_behind_an_operand_that_no_variable_can_hold_stays(string member) => IsNotOffered(member);

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); }")]
    [InlineData("async Task M(dynamic d) { await d; }")]
    [InlineData("async Task M() { await Pause().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { await foreach (var x in all) Say(x); }")]
    [InlineData("async Task M() { await using var stream = new MemoryStream(); }")]
    [InlineData("async Task M() { await using (new MemoryStream()) Say(1); }")]
    public Task An_await_of_something_else_than_a_task_with_a_name_stays(string member) => IsNotOffered(member);

    [Theory]
    [InlineData("Task M() { return Pause(); }")]
    [InlineData("async IAsyncEnumerable<int> M() { await Pause(); yield return 1; }")]
    [InlineData("async Task M() { var twait = 1; await Later(twait); }")]
    [InlineData("unsafe async Task<int> M(int n) { int* p = &n; return *p; }")]
    [InlineData("async Task M() { await Pause(); \n#if OTHER\n await Pause();\n#endif\n }")]
    [InlineData("public async partial Task M() { await Pause(); } public partial Task M();")]
    [InlineData("void M(Event done) { } async Task MAsync() { await Pause(); } void MAsync(Event done) { }")]
    public Task Such_a_method_stays(string member) => IsNotOffered(member);

    [Theory]
    [InlineData("public struct Sample { public async Task M() { await Pause(); } }")]
    [InlineData("public interface ISample<out T> { async Task M() { await Pause(); } }")]
    [InlineData("file class Sample { async Task M() { await Pause(); } }")]
    [InlineData("file class Local; public class Sample { async Task<object> M() { await Pause(); return new Local(); } }")]
    [InlineData("public class Sample<T> { class Inner<T> { async Task M() { await Pause(); } } }")]
    [InlineData("public class B { public virtual Task M<T>() where T : class => Pause(); } public class C : B { public override async Task M<T>() { await Pause(); } }")]
    [InlineData("public interface ISample { static virtual async Task M() { await Pause(); } }")]
    [InlineData("public static class Sample { extension(int n) { public async Task M() { await Later(n); } } }")]
    public async Task A_method_of_such_a_type_stays(string program) => Assert.Empty(await Refactored.Offered(program));

    private static async Task IsNotOffered(string member) => Assert.Empty(await Refactored.Offered($"public partial class Sample {{ {member} }}"));
}
