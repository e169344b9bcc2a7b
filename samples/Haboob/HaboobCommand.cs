using System.CommandLine;
using Knot;

namespace Haboob;

/// <summary>The command line: Knot's options, and those of the stages.</summary>
internal static class HaboobCommand
{
    private static readonly HaboobOptions s_defaults = new();

    private static readonly Option<int> s_target = KnotCommand.Number(
        "--target", "Nine of ten requests for /bottleneck that are admitted are to be answered in this time.", "MS", (int)s_defaults.Target.TotalMilliseconds, 1, 60_000);

    private static readonly Option<bool> s_noControl = new("--no-control") { Description = "Refuses no request for /bottleneck, however long it waits." };
    private static readonly Option<int> s_work = KnotCommand.Number("--work", "How much memory /bottleneck fills and hashes for each request.", "MB", s_defaults.Work, 1, 1024);
    private static readonly Option<int> s_threads = KnotCommand.Number("--file-threads", "Threads that read files which are not in the cache, for each loop.", "N", s_defaults.FileThreads, 1, 256);

    /// <summary>The command <c>haboob</c>, which passes its options to <paramref name="run"/>.</summary>
    public static RootCommand Make(Func<HaboobOptions, int> run)
    {
        var command = KnotCommand.Make(static _ => 0, "Haboob, a static web server made of stages, written with Tame.");
        command.Add(s_target);
        command.Add(s_noControl);
        command.Add(s_work);
        command.Add(s_threads);
        command.SetAction(result => run(new HaboobOptions
        {
            Site = KnotCommand.Read(result),
            Target = TimeSpan.FromMilliseconds(result.GetValue(s_target)),
            IsControlled = !result.GetValue(s_noControl),
            Work = result.GetValue(s_work),
            FileThreads = result.GetValue(s_threads),
        }));
        return command;
    }
}
