using System.Collections.Concurrent;
using Tame.IO.Tests.Peers;

namespace Tame.IO.Tests.Impairing;

/// <summary>What must hold of dialogs through proxies.</summary>
internal static class DialogChecks
{
    private static readonly ConcurrentDictionary<int, IReadOnlyList<string>> s_expected = [];

    public static void Check(int seed, Impairments how, Dialogs dialogs)
    {
        var expected = s_expected.GetOrAdd(seed, WithoutProxy);
        string what = $"Seed {seed}, {how}, {dialogs.Struck} struck, clients told {string.Join(' ', dialogs.Ends)}, {dialogs.Handlers}, {dialogs.Failures.Count} failures {dialogs.Failures.FirstOrDefault()}";
        int incomplete = 0;
        for (int i = 0; i < dialogs.Clients; i++)
        {
            string answers = dialogs.Answers[i];
            Assert.True(expected[i].StartsWith(answers, StringComparison.Ordinal), $"{what}: client {i} got other bytes.");
            bool isComplete = answers.Length == expected[i].Length;
            incomplete += isComplete ? 0 : 1;
            // A reset is never taken for the end of the stream.
            Assert.True(dialogs.Ends[i] != "end" || isComplete || how.Fault == Fault.Cut, $"{what}: client {i} saw the end after {answers.Length} of {expected[i].Length} bytes.");
            Assert.True(dialogs.Ends[i] == "end" || dialogs.Struck != 0, $"{what}: client {i} failed though nothing did.");
        }
        Assert.True(dialogs.Told == dialogs.Clients, $"{what}: {dialogs.Told} clients were told.");
        Assert.True(incomplete <= dialogs.Struck, $"{what}: {incomplete} clients have not got all.");
        Assert.True(dialogs.Failures.Count <= dialogs.Struck, $"{what}: more failures than there were.");
        Assert.True(dialogs.Handlers.Begun == dialogs.Handlers.Ended, $"{what}: handlers hang.");
        Assert.True(dialogs.LeftWaiting == 0, $"{what}: {dialogs.LeftWaiting} calls wait on.");
        Books.AssertBalanced(dialogs.Loop);
    }

    private static IReadOnlyList<string> WithoutProxy(int seed)
    {
        var dialogs = new Dialogs(seed, null);
        EventLoop.Run(dialogs.Run, Networks.Options(Networks.Memory));
        Assert.All(dialogs.Ends, end => Assert.Equal("end", end));
        Assert.Empty(dialogs.Failures);
        return dialogs.Answers;
    }
}
