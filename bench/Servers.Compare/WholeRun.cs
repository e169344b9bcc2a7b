using System.Globalization;
using Tame.Comparison.Mix;
using Tame.Comparison.Overload;
using Tame.Comparison.Results;
using Tame.Comparison.Servers;
using Tame.Comparison.Tasks;
using Tame.Load;

namespace Tame.Comparison;

/// <summary>All that is measured, one after the other.</summary>
internal sealed class WholeRun
{
    private readonly CompareOptions _options;
    private readonly AllServers _servers;
    private readonly Workspace _work;
    private readonly ProgressBoard _board;
    private readonly FileSet _files;
    private readonly Cores _cores;
    private readonly Findings _results;

    public WholeRun(CompareOptions options, AllServers servers, Workspace work, ProgressBoard board, Cores cores)
    {
        (_options, _servers, _work, _board, _cores) = (options, servers, work, board, cores);
        _files = FileSet.Of(options.Files ?? Path.Join(work.Folder, "files"), options.Megabytes, options.Seed);
        _results = new Findings { Circumstances = Machine.Describe(_cores), LoadAverage = Machine.LoadAverage(), Command = Machine.Command(), Settings = Settings(), TargetMilliseconds = options.TargetMilliseconds };
    }

    /// <summary>How many seconds it is thought to take.</summary>
    public static double Expected(CompareOptions options)
    {
        double ofTasks = 2 * options.TasksAtATime.Count * (SecondsOfTasks(options) + 3);
        return (Has(options, CompareOptions.MixPart) ? options.Servers.Count * SecondsOfServer(options) : 0)
            + (Has(options, CompareOptions.OverloadPart) ? SecondsOfOverload(options) : 0)
            + (Has(options, CompareOptions.TasksPart) ? ofTasks : 0);
    }

    /// <summary>Measures. What goes wrong with one server is said in the results, and the others are measured all the same.</summary>
    public Findings Run()
    {
        if (Has(_options, CompareOptions.MixPart))
            RunMix();
        if (Has(_options, CompareOptions.OverloadPart))
            Try("the overload run", RunOverload);
        if (Has(_options, CompareOptions.TasksPart))
            RunTasks();
        return _results;
    }

    private void RunMix()
    {
        _board.Begin($"writes {_files.Files.Count} files", 1);
        _files.Write();
        var run = new MixRun(_options, _files, _work, _board, _cores);
        foreach (var kind in _servers.Make(_files.Files.Count).Where(kind => _options.Servers.Contains(kind.Name)))
        {
            Try(kind.Name, () =>
            {
                Require(kind, SecondsOfServer(_options));
                _results.Setups[kind.Name] = kind.Setup;
                run.Run(kind, _results.Mix.Add);
            });
        }
    }

    private void RunOverload()
    {
        _files.Write();     // which a server answers with, to show that it has started
        var target = TimeSpan.FromMilliseconds(_options.TargetMilliseconds);
        var run = new OverloadRun(load => Generator.Run(load, 1, _board), new OverloadPlan(_options.Loads, TimeSpan.FromSeconds(_options.Seconds), TimeSpan.FromSeconds(_options.SecondsAtHighest), 2 * target));
        (string Variant, ServerKind Kind)[] variants =
        [
            (OverloadRun.Without, _servers.Haboob("haboob-free", "", "--no-control")),
            (OverloadRun.With, _servers.Haboob("haboob-held", "", "--target", _options.TargetMilliseconds.ToString(CultureInfo.InvariantCulture))),
        ];
        Require(variants[0].Kind, SecondsOfOverload(_options));
        foreach (var (variant, kind) in variants)
        {
            using var server = RunningServer.Start(_work, kind, _files, 1, _cores);
            if (_results.PeakPerSecond == 0)
            {
                _board.Begin("overload, the peak", 1.5 * _options.Seconds);
                _results.PeakPerSecond = run.Peak(server.Address);
                if (_results.PeakPerSecond == 0)
                    throw new InvalidOperationException($"{OverloadRun.Page} is not served. {server.Said}");
            }
            _results.Overload.AddRange(run.Measure(variant, server.Address, _results.PeakPerSecond, (step, time) => _board.Begin(step, time.TotalSeconds)));
        }
    }

    private void RunTasks()
    {
        foreach (int tasks in _options.TasksAtATime)
        {
            foreach (var side in Enum.GetValues<TaskSide>())
            {
                double seconds = SecondsOfTasks(_options);
                _board.Begin($"{tasks} tasks, {TaskRun.Name(side)}", seconds + 3);
                _results.Tasks.Add(TaskRun.Apart(side, tasks, seconds, _cores));
            }
        }
    }

    private void Try(string what, Action measure)
    {
        try
        {
            measure();
        }
        catch (InvalidOperationException error)
        {
            _results.Missing.Add($"{what}: {error.Message.Split('\n')[0]}");
        }
    }

    private void Require(ServerKind kind, double seconds)
    {
        if (kind.IsBuiltNow)
            _board.Begin($"builds {kind.Name}", 5);
        if (kind.Missing() is not { } reason)
            return;
        _board.Skip(seconds);
        throw new InvalidOperationException(reason);
    }

    private List<string> Settings() =>
    [
        string.Create(CultureInfo.InvariantCulture, $"The files are {_files.Directories} directories of SPECweb99's static set, {_files.Bytes / 1e6:0} MB in {_files.Files.Count} files, of {_files.MeanSize / 1e3:0.0} KB on average by request."),
        string.Create(CultureInfo.InvariantCulture, $"Each point counts requests for {_options.Seconds:0.#} s, after {_options.WarmUpSeconds:0.#} s of the same load. .NET servers get {_options.StartSeconds:0.#} s of load before their first point."),
        _options.Think == TimeSpan.Zero ? "Clients do not pause: each sends its next request as soon as it has its answer." : string.Create(CultureInfo.InvariantCulture, $"Clients pause for {_options.Think.TotalMilliseconds:0} ms between an answer and the next request."),
    ];

    private static double SecondsOfServer(CompareOptions options) => (options.Clients.Count * (options.SecondsOfAPoint + 0.5)) + options.StartSeconds;

    private static double SecondsOfOverload(CompareOptions options) => 2 * (((options.Loads.Count + 2) * 1.25 * options.Seconds) + options.SecondsAtHighest);

    private static double SecondsOfTasks(CompareOptions options) => options.IsQuick ? 1 : Math.Min(options.Seconds, 3);

    private static bool Has(CompareOptions options, string part) => options.Parts.Contains(part);
}
