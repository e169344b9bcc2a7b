using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>Which overload of Run, Post and InvokeAsync the compiler picks for each form of argument: an async lambda never becomes an async void action.</summary>
public sealed class LoopOverloadTests
{
    [Theory]
    [InlineData("loop.Post(() => count++)", "Action")]
    [InlineData("loop.Post(() => { count++; })", "Action")]
    [InlineData("loop.Post(Nothing)", "Action")]
    [InlineData("loop.Post(loop.Stop)", "Action")]
    [InlineData("loop.Post(e.ToAction())", "Action")]
    [InlineData("loop.Post(new Action(Nothing))", "Action")]
    [InlineData("loop.Post(delegate { count++; })", "Action")]
    [InlineData("loop.Post(() => Work())", "Func<Task>")]
    [InlineData("loop.Post(() => { return Work(); })", "Func<Task>")]
    [InlineData("loop.Post(Work)", "Func<Task>")]
    [InlineData("loop.Post(async () => await Work())", "Func<Task>")]
    [InlineData("loop.Post(async () => { await Work(); })", "Func<Task>")]
    [InlineData("loop.Post(async () => { await Work(); return; })", "Func<Task>")]
    [InlineData("loop.Post(async delegate { await Work(); })", "Func<Task>")]
    [InlineData("loop.Post(() => Number())", "Func<Task>")]
    [InlineData("loop.Post(null!)", "Func<Task>")]
    public void Post_picks(string call, string expected) => AssertPicks(call, expected);

    [Theory]
    [InlineData("loop.InvokeAsync(x => asap(x))", "Action<Event>")]
    [InlineData("loop.InvokeAsync(x => x.Trigger())", "Action<Event>")]
    [InlineData("loop.InvokeAsync(_ => { })", "Action<Event>")]
    [InlineData("loop.InvokeAsync(x => Tamed(x))", "Action<Event>")]
    [InlineData("loop.InvokeAsync(Tamed)", "Action<Event>")]
    [InlineData("loop.InvokeAsync(asap)", "Action<Event>")]
    [InlineData("loop.InvokeAsync(delegate { count++; })", "Action<Event>")]
    [InlineData("loop.InvokeAsync(Tamed, token)", "Action<Event>")]
    [InlineData("loop.InvokeAsync(x => Work())", "Func<Event, Task>")]
    [InlineData("loop.InvokeAsync(WorkFor)", "Func<Event, Task>")]
    [InlineData("loop.InvokeAsync(async x => await Work(), token)", "Func<Event, Task>")]
    [InlineData("loop.InvokeAsync(async x => { await Work(); x.Trigger(); })", "Func<Event, Task>")]
    [InlineData("loop.InvokeAsync(async delegate { await Work(); })", "Func<Event, Task>")]
    [InlineData("loop.InvokeAsync(null!)", "Func<Event, Task>")]
    [InlineData("loop.InvokeAsync(Work)", "Func<Task>")]
    [InlineData("loop.InvokeAsync(() => Work())", "Func<Task>")]
    [InlineData("loop.InvokeAsync(async () => await Work(), token)", "Func<Task>")]
    [InlineData("loop.InvokeAsync(() => Number())", "Func<Task<int>>")]
    [InlineData("loop.InvokeAsync(async () => await Number())", "Func<Task<int>>")]
    [InlineData("loop.InvokeAsync(Number)", "Func<Task<int>>")]
    [InlineData("loop.InvokeAsync<int>(x => x.Trigger(7))", "Action<Event<int>>")]
    [InlineData("loop.InvokeAsync<int>(x => TamedNumber(x))", "Action<Event<int>>")]
    [InlineData("loop.InvokeAsync<int>(TamedNumber)", "Action<Event<int>>")]
    [InlineData("loop.InvokeAsync((Event<int> x) => TamedNumber(x))", "Action<Event<int>>")]
    [InlineData("loop.InvokeAsync<int>(async x => await Work())", "Func<Event<int>, Task>")]
    [InlineData("loop.InvokeAsync(async (Event<int> x) => await Work())", "Func<Event<int>, Task>")]
    public void InvokeAsync_picks(string call, string expected) => AssertPicks(call, expected);

    [Theory]
    [InlineData("EventLoop.Run(x => Tamed(x))", "Action<Event>")]
    [InlineData("EventLoop.Run(Tamed)", "Action<Event>")]
    [InlineData("EventLoop.Run(Tamed, new EventLoopOptions { VirtualTime = true })", "Action<Event>")]
    [InlineData("EventLoop.Run(x => x.Trigger())", "Action<Event>")]
    [InlineData("EventLoop.Run(async x => await Work())", "Func<Event, Task>")]
    [InlineData("EventLoop.Run(async () => await Work(), new EventLoopOptions())", "Func<Task>")]
    [InlineData("EventLoop.Run(Work)", "Func<Task>")]
    [InlineData("EventLoop.Run(async () => await Number())", "Func<Task<int>>")]
    [InlineData("EventLoop.Run<int>(x => TamedNumber(x))", "Action<Event<int>>")]
    [InlineData("EventLoop.Run<int>(TamedNumber)", "Action<Event<int>>")]
    [InlineData("EventLoop.Run<int>(async x => await Work())", "Func<Event<int>, Task>")]
    [InlineData("loop.Run()", "")]
    public void Run_picks(string call, string expected) => AssertPicks(call, expected);

    private static void AssertPicks(string call, string expected)
    {
        var compilation = Compiled.Compilation($$"""
            public static class Sample
            {
                private static int count;

                public static void Call(EventLoop loop, Event e, CancellationToken token) => {{call}};

                private static void Nothing() => count++;
                private static void Tamed(Event done) => done.Trigger();
                private static void TamedNumber(Event<int> done) => done.Trigger(7);
                private static Task Work() => Task.CompletedTask;
                private static Task WorkFor(Event done) => Task.CompletedTask;
                private static Task<int> Number() => Task.FromResult(7);
            }
            """);
        Assert.Empty(Compiled.Problems(compilation));
        var tree = compilation.SyntaxTrees.Last();
        var invocation = tree.GetRoot().DescendantNodes().OfType<ArrowExpressionClauseSyntax>().First().Expression;
        var method = (IMethodSymbol)compilation.GetSemanticModel(tree).GetSymbolInfo(invocation).Symbol!;
        Assert.Equal(expected, method.Parameters.FirstOrDefault()?.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(compilation.GetSemanticModel(tree), 0) ?? "");
    }
}
