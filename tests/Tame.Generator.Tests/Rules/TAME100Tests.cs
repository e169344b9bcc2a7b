using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME100Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME100");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'_count' belongs to the grain, and 'Task.Run' leaves the grain's turn: other code of the grain may run at the same time; wait for the result in the body, and use the grain there"],
        await s_rule.Reports(Grain("Task.Run(() => [|_count|]++);")));

    [Theory]
    [InlineData("Task.Run([|Work|]);")]
    [InlineData("Task.Run(Local); void Local() { n++; [|_count|] = n; }")]
    [InlineData("Task.Run(async () => { await Task.Yield(); [|Work()|]; });")]
    [InlineData("Task.Run(() => System.GC.KeepAlive([|this|]));")]
    [InlineData("Task.Run(() => [|service|].ToString());")]
    [InlineData("Task.Run(() => [|_numbers|].Add(n));")]
    [InlineData("Task.Factory.StartNew(() => [|_count|]++, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);")]
    [InlineData("new TaskFactory<int>().StartNew(() => [|_count|], CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);")]
    [InlineData("Task.CompletedTask.ContinueWith(_ => { [|_count|]++; }, TaskScheduler.Default);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => [|Work()|]);")]
    [InlineData("System.Func<Task> f = async () => { _count++; await Task.Delay(1).ConfigureAwait(false); [|_count|]++; }; Use(f());")]
    [InlineData("System.Func<Task> f = async () => { await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.None); [|Work()|]; }; Use(f());")]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(Grain(code));

    [Theory]
    [InlineData("Task.Run(() => n + _limit);")]
    [InlineData("Task.Run(Elsewhere);")]
    [InlineData("Task.Run(() => nameof(_count));")]
    [InlineData("Task.Run(() => name.Length);")]
    [InlineData("var copy = _numbers.ToArray(); Task.Run(() => copy.Sum());")]
    [InlineData("Task.Factory.StartNew(() => _count++);")]
    [InlineData("Task.CompletedTask.ContinueWith(_ => { _count++; });")]
    [InlineData("System.Func<Task> f = async () => { await Task.Delay(1); _count++; await Task.Delay(1).ConfigureAwait(false); }; Use(f());")]
    [InlineData("System.Func<Task> f = async () => { await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext); Work(); }; Use(f());")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(Grain(code));

    [Fact]
    public async Task Is_reported_where_a_base_class_is_tamed_and_nowhere_else()
    {
        await s_rule.Reports(Grain("Task.Run(() => [|_count|]++);").Replace("[TamedGrain]\n", "", StringComparison.Ordinal).Replace(": Base", ": TamedBase", StringComparison.Ordinal));
        await s_rule.LetsBe(Grain("Task.Run(() => _count++);").Replace("[TamedGrain]", ""));
    }

    private static string Grain(string statements) => ($$"""
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Tame.Orleans;

        namespace Tame.Orleans
        {
            public sealed class TamedGrainAttribute : System.Attribute;
        }

        public class Base;
        [TamedGrain] public class TamedBase;

        [TamedGrain]
        public partial class CounterGrain(object service, string name) : Base
        {
            private int _count;
            private readonly int _limit = 3;
            private readonly List<int> _numbers = [];

            [Tamed] public partial void Run(int n, Event done);

            private void RunBody(int n, Event done)
            {
                using (twait()) asap(mkevent());
                {{statements}}
                done.Trigger();
            }

            private void Work() => _count++;
            private static void Elsewhere() { }
            private static void Use(object? o) { }
            public string Name() => name + service;
        }
        """).ReplaceLineEndings("\n");
}
