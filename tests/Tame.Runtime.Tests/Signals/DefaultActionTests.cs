using System.Runtime.InteropServices;
using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Signals;

/// <summary>When a signal ends a process that has waited for it. It runs in a child process, whose exit code shows the result.</summary>
[Collection(nameof(Descriptors))]
public sealed class DefaultActionTests
{
    private const int Number = 12;
    private const int EndedBySignal = 128 + Number;

    [Theory]
    [InlineData("waiting", 0)]
    [InlineData("ready", 0)]
    [InlineData("asleep", EndedBySignal)]
    [InlineData("ended", EndedBySignal)]
    public void A_signal_ends_the_process_only_where_nobody_has_waited_for_it_since_the_loop_had_work(string role, int expected)
    {
        if (Child.Role is null)
        {
            var (exitCode, output) = Child.Run(typeof(DefaultActionTests), role);
            Assert.True(exitCode == expected, $"{exitCode}: {output}");
            return;
        }
        if (Child.Role != role)
            return;
        var loop = new EventLoop();
        Call.Blocks(default, c => Primitives.signal((PosixSignal)Number, c.Make(1)), _ => RaiseIf("ready", loop));
        Posix.Raise(Number);
        loop.Run();
        RaiseIf("asleep", null);
        Call.Blocks(default, c => Primitives.signal((PosixSignal)Number, c.Make(1)));
        RaiseIf("waiting", loop);
        loop.Dispose();
        RaiseIf("ended", null);
    }

    /// <summary>Raises the signal, and waits until the loop that should get it has it.</summary>
    private static void RaiseIf(string role, EventLoop? loop)
    {
        if (Child.Role != role)
            return;
        Posix.Raise(Number);
        if (loop is not null)
            SpinWait.SpinUntil(() => !loop.Inbox.IsEmpty, Loops.Hang);
    }
}
