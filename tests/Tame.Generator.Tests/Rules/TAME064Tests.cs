using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME064Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME064");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'Thread.Sleep' blocks the thread of the event loop and everything else that runs on it; wait with 'twait(e => timer(…, e))'", "'Task.Result' blocks the thread of the event loop and everything else that runs on it; wait for the task with 'twait(task, out …)'"],
        await s_rule.Reports("""
        [|System.Threading.Thread.Sleep(10)|];
        var task = System.Threading.Tasks.Task.FromResult(3);
        Use([|task.Result|]);
        """));

    [Fact]
    public async Task Sockets_and_the_standard_input_lead_to_Tame_IO() => Assert.Equal(
        [
            "'Socket.Connect' blocks the thread of the event loop and everything else that runs on it; use 'Network.Current' of the package Tame.IO, or make the socket non-blocking and wait with 'wait_on_fd'",
            "'Console.ReadLine' blocks the thread of the event loop and everything else that runs on it; read from 'StandardInput.Open()' of the package Tame.IO with a 'Reader'",
        ],
        await s_rule.Reports("""
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        [|socket.Connect("localhost", 7)|];
        Use([|System.Console.ReadLine()|]);
        """));

    [Theory]
    [InlineData("""
        var task = System.Threading.Tasks.Task.CompletedTask;
        [|task.Wait()|];
        [|task.GetAwaiter().GetResult()|];
        [|System.Threading.Tasks.Task.WaitAll(task)|];
        """)]
    [InlineData("""
        var gate = new System.Threading.SemaphoreSlim(1);
        [|gate.Wait()|];
        var over = new System.Threading.ManualResetEvent(false);
        [|over.WaitOne()|];
        """)]
    [InlineData("""
        Use([|System.IO.File.ReadAllText("x")|]);
        Use([|System.Net.Dns.GetHostAddresses("x")|]);
        Use([|System.Console.ReadLine()|]);
        """)]
    [InlineData("""
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        using (twait()) asap(mkevent());
        [|socket.Receive(new byte[10])|];
        """)]
    [InlineData("""
        using var file = System.IO.File.OpenRead("x");
        Use([|file.Read(new byte[10])|]);
        using var reader = new System.IO.StreamReader("x");
        Use([|reader.ReadLine()|]);
        using var text = System.IO.File.OpenText("x");
        Use([|text.ReadToEnd()|]);
        """)]
    [InlineData("""
        var one = System.Threading.Tasks.Task.FromResult(3);
        var two = System.Threading.Tasks.Task.FromResult(4);
        using (twait()) one.Trigger(mkevent(out int _));
        Use(one.Result + [|two.Result|]);
        """)]
    [InlineData("""
        var one = System.Threading.Tasks.Task.FromResult(3);
        var two = System.Threading.Tasks.Task.FromResult(4);
        twait(one);
        twait(e => asap(e));
        Use(one.Result + [|two.Result|]);
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        var task = System.Threading.Tasks.Task.FromResult(3);
        if (task.IsCompletedSuccessfully) Use(task.Result);
        var gate = new System.Threading.SemaphoreSlim(1);
        if (gate.Wait(0)) Use(gate);
        System.Action elsewhere = () => System.Threading.Thread.Sleep(10);
        elsewhere();
        """)]
    [InlineData("""
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { Blocking = false };
        using (twait()) asap(mkevent());
        socket.Receive(new byte[10]);
        """)]
    [InlineData("""
        using var reader = new System.IO.StreamReader(new System.IO.MemoryStream());
        Use(reader.ReadLine());
        using var text = new System.IO.StringReader("x");
        Use(text.ReadToEnd());
        """)]
    [InlineData("""
        var tasks = new[] { System.Threading.Tasks.Task.FromResult(3) };
        using (twait()) System.Threading.Tasks.Task.WhenAll(tasks).Trigger(mkevent());
        foreach (var task in tasks) Use(task.Result);
        Use(tasks[0].Result);
        """)]
    [InlineData("""
        var one = System.Threading.Tasks.Task.FromResult(3);
        var two = System.Threading.Tasks.Task.FromResult(4);
        twait(System.Threading.Tasks.Task.WhenAll(one, two));
        Use(one.Result + two.Result);
        var tasks = new[] { System.Threading.Tasks.Task.FromResult(3) };
        twait(System.Threading.Tasks.Task.WhenAll(tasks), out int[] all);
        Use(all);
        foreach (var task in tasks) Use(task.Result);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
