using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Tame.Comparison.Results;
using Tame.Comparison.Servers;
using Tame.Comparison.Tasks;

namespace Tame.Comparison;

/// <summary>The command line.</summary>
internal static class CompareCommand
{
    private static readonly int[] s_clients = [1, 4, 16, 64, 256, 1000, 4000], s_fewClients = [1, 16, 256];
    private static readonly Dictionary<string, string> s_metadata = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value!);

    private static readonly Option<bool> s_quick = new("--quick") { Description = "About two minutes: to see whether something is off." };
    private static readonly Option<string> s_servers = new("--servers") { Description = $"Which servers, with commas between: {string.Join(',', AllServers.Names)}.", DefaultValueFactory = _ => string.Join(',', AllServers.Names) };
    private static readonly Option<string> s_numbers = new("--clients") { Description = "How many clients, with commas between. 4000 is left out where there are too few descriptors." };
    private static readonly Option<string> s_only = new("--only") { Description = $"Which parts, with commas between: {string.Join(',', CompareOptions.AllParts)}.", DefaultValueFactory = _ => string.Join(',', CompareOptions.AllParts) };
    private static readonly Option<double?> s_seconds = new("--seconds") { Description = "How long requests count at each point: 8, or 1.5 with --quick." };
    private static readonly Option<double> s_megabytes = new("--megabytes") { Description = "The size of the set of files, in MB; SEDA's was 3310.", DefaultValueFactory = _ => 100 };
    private static readonly Option<string?> s_files = new("--files") { Description = "A folder that keeps the set of files for the next run.", HelpName = "DIR" };
    private static readonly Option<double> s_think = new("--think") { Description = "Milliseconds between an answer and a client's next request." };
    private static readonly Option<int> s_seed = new("--seed") { Description = "Seed of what is in the files and of what clients ask for.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> s_target = new("--target") { Description = "The 90th percentile that Haboob holds in the overload run, in milliseconds.", DefaultValueFactory = _ => 200 };
    private static readonly Option<string?> s_out = new("--out") { Description = "Where page, pictures and numbers go: docs for a full run, artifacts/servers for a part.", HelpName = "DIR" };
    private static readonly Option<string?> s_from = new("--from") { Description = "Measures nothing, and writes the page from the numbers of an earlier run.", HelpName = "FILE" };

    public static RootCommand Make()
    {
        s_servers.Validators.Add(result => Known(result.GetValue(s_servers), AllServers.Names, "server", result.AddError));
        s_only.Validators.Add(result => Known(result.GetValue(s_only), CompareOptions.AllParts, "part", result.AddError));
        s_numbers.Validators.Add(result =>
        {
            if (result.GetValue(s_numbers)?.Split(',').FirstOrDefault(one => !int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0) is { } wrong)
                result.AddError($"--clients must be numbers from 1 with commas between, not {wrong}.");
        });
        s_seconds.Validators.Add(result =>
        {
            if (result.GetValue(s_seconds) is <= 0)
                result.AddError("--seconds must be more than 0.");
        });
        var root = new RootCommand("Compares web servers as SEDA's slides did, and writes a page about it.")
            { s_quick, s_servers, s_numbers, s_only, s_seconds, s_megabytes, s_files, s_think, s_seed, s_target, s_out, s_from };
        root.SetAction(result => Run(result));
        root.Subcommands.Add(Tasks());
        root.Subcommands.Add(TasksHere());
        return root;
    }

    private static Command Tasks()
    {
        var tasks = new Command("tasks", "Only the opening picture: a thread for each task against one loop.") { s_quick, s_seconds, s_out };
        tasks.SetAction(result => Run(result, CompareOptions.TasksPart));
        return tasks;
    }

    private static Command TasksHere()
    {
        var side = new Argument<TaskSide>("side");
        var count = new Argument<int>("tasks");
        var seconds = new Argument<double>("seconds");
        var here = new Command(TaskRun.Command, "One point of the opening picture, in this process.") { side, count, seconds };
        here.Hidden = true;
        here.SetAction(result => TaskRun.Here(result.GetValue(side), result.GetValue(count), result.GetValue(seconds), Console.Out));
        return here;
    }

    private static int Run(ParseResult given, string? part = null)
    {
        var options = Read(given, part);
        if (given.GetResult(s_from) is not null)
        {
            ReportPage.Write(Findings.Read(given.GetValue(s_from)!), options.Out, s_metadata["RepositoryRoot"]);
            return 0;
        }
        using var work = new Workspace();
        using var interrupt = StopOn(PosixSignal.SIGINT, work);
        using var terminate = StopOn(PosixSignal.SIGTERM, work);
        var cores = Cores.Find();        // all that this process may use: from here on it is one
        cores.PinThisProcess();
        var results = Measure(options, work, cores);
        results.Write(options.Numbers);
        ReportPage.Write(results, options.Out, s_metadata["RepositoryRoot"]);
        Console.WriteLine(new ReportText(results).Markdown());
        Console.Error.WriteLine($"The page is {Path.Join(options.Out, "servers.md")}, the numbers are in {options.Numbers}.");
        return results.Mix.Count + results.Overload.Count + results.Tasks.Count == 0 ? 1 : 0;
    }

    private static Findings Measure(CompareOptions options, Workspace work, Cores cores)
    {
        Findings? results = null;
        Exception? failure = null;
        var board = new ProgressBoard(WholeRun.Expected(options), Console.IsErrorRedirected);
        var servers = new AllServers(s_metadata["RepositoryRoot"], s_metadata["Configuration"]);
        // The thread that starts servers must outlive them: they are told to end with it.
        var thread = new Thread(() =>
        {
            try
            {
                results = new WholeRun(options, servers, work, board, cores).Run();
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        board.ShowUntilEnd(thread);
        return results ?? throw new InvalidOperationException($"The comparison ended early: {failure!.Message}", failure);
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, Workspace work) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        work.Dispose();
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\e[?25h");     // the progress has hidden the cursor
        Environment.Exit(130);
    });

    private static CompareOptions Read(ParseResult given, string? part)
    {
        bool isQuick = given.GetValue(s_quick);
        string[] parts = part is null ? given.GetValue(s_only)!.Split(',') : [part];
        bool isWhole = !isQuick && parts.Length == CompareOptions.AllParts.Length && given.GetResult(s_servers) is null or { Implicit: true };
        string root = s_metadata["RepositoryRoot"];
        return new CompareOptions
        {
            IsQuick = isQuick,
            Servers = given.GetValue(s_servers)!.Split(','),
            Clients = given.GetValue(s_numbers) is { } numbers ? [.. numbers.Split(',').Select(one => int.Parse(one, CultureInfo.InvariantCulture))] : [.. (isQuick ? s_fewClients : s_clients).Where(Descriptors.Allow)],
            Parts = parts,
            Out = Path.GetFullPath(given.GetValue(s_out) ?? Path.Join(root, isWhole ? "docs" : "artifacts/servers")),
            Numbers = Path.GetFullPath(Path.Join(given.GetValue(s_out) ?? Path.Join(root, "artifacts/servers"), "servers.json")),
            Seconds = given.GetValue(s_seconds) ?? (isQuick ? 1.5 : 8),
            Megabytes = given.GetValue(s_megabytes),
            Files = given.GetValue(s_files) is { } files ? Path.GetFullPath(files) : null,
            Think = TimeSpan.FromMilliseconds(given.GetValue(s_think)),
            Seed = given.GetValue(s_seed),
            TargetMilliseconds = given.GetValue(s_target),
        };
    }

    private static void Known(string? given, string[] known, string what, Action<string> refuse)
    {
        if (given?.Split(',').FirstOrDefault(one => !known.Contains(one)) is { } wrong)
            refuse($"there is no {what} {wrong}: {string.Join(", ", known)}");
    }
}
