extern alias compare;
using compare::Tame.Comparison;
using compare::Tame.Comparison.Results;
using compare::Tame.Comparison.Servers;
using compare::Tame.Comparison.Tasks;

namespace Tame.Samples.Tests.Compare;

/// <summary>What the comparison reads and writes beside its report.</summary>
public sealed class ParserTests
{
    [Theory]
    [InlineData("0-1", new[] { 0, 1 })]
    [InlineData(" 3\n", new[] { 3 })]
    [InlineData("0,2-4,8", new[] { 0, 2, 3, 4, 8 })]
    public void A_list_of_cores_is_read(string list, int[] cores) => Assert.Equal(cores, Cores.Parse(list));

    [Fact]
    public void A_server_is_started_on_its_core_and_nothing_is_pinned_where_there_is_one()
    {
        Assert.Equal(["setpriv", "--pdeathsig", "TERM", "taskset", "-c", "2", "nginx", "-x"], new Cores(2, 3).OnServer(["nginx", "-x"]));
        Assert.Equal(["nginx"], new Cores(null, null).OnServer(["nginx"]));
    }

    [Theory]
    [InlineData("1024                 20000                files     ", 20000)]
    [InlineData("1024                 unlimited            files     ", long.MaxValue)]
    public void The_hard_limit_of_descriptors_is_read(string limits, long expected) =>
        Assert.Equal(expected, Descriptors.Limit($"Limit                     Soft Limit           Hard Limit           Units     \nMax open files            {limits}\n"));

    [Fact]
    public void A_point_of_tasks_is_read_as_it_was_written()
    {
        var output = new StringWriter();
        TaskRun.Here(TaskSide.Loop, 3, 0.1, output);
        var point = TaskRun.Parse(output.ToString());
        Assert.Equal(("tamed calls on one loop", 3, null), (point!.Side, point.Tasks, point.Failed));
        Assert.True(point.PerSecond > 0 && point.P50 >= 10);
        Assert.Null(TaskRun.Parse("Segmentation fault"));
    }

    [Fact]
    public void Threads_do_the_same_tasks()
    {
        using var load = new TaskLoad(TaskSide.Threads, 3, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1));
        var times = load.Run();
        Assert.InRange(load.Completed, 1, 300);
        Assert.InRange(times.TotalCount, load.Completed, load.Completed + 3);     // of each thread, one task may have ended later
        Assert.True(load.Mean >= TimeSpan.FromMilliseconds(9.9));
        Assert.True(times.GetValueAtPercentile(0) >= 9_900_000);
    }

    [Fact]
    public void Results_are_read_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Join(folder.Path, "a", "servers.json");
        Canned.Findings.Write(file);
        Assert.Equal(new ReportText(Canned.Findings).Markdown(), new ReportText(Findings.Read(file)).Markdown());
        File.WriteAllText(file, "{ \"Mix\": 3 }");
        Assert.StartsWith($"{file} holds no results", Assert.Throws<InvalidDataException>(() => Findings.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "ServerLimit 1", "ThreadsPerChild 1", "MaxRequestWorkers 1")]
    [InlineData(64, "ServerLimit 1", "ThreadsPerChild 64", "MaxRequestWorkers 64")]
    [InlineData(1000, "ServerLimit 10", "ThreadsPerChild 100", "MaxRequestWorkers 1000")]
    [InlineData(256, "StartServers 3", "ThreadsPerChild 100", "MaxRequestWorkers 300")]
    public void Apaches_workers_are_as_many_as_clients(int clients, params string[] lines)
    {
        string text = new ApacheServer(isEvent: false).Configuration(new ServerPlace(8080, "/root", "/work", clients), hasDebian: true, asRoot: true);
        Assert.All([.. lines, "Listen 127.0.0.1:8080", "User www-data", "mpm_worker_module"], line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.DoesNotContain("Include", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Apaches_event_mpm_has_Debians_numbers()
    {
        string text = new ApacheServer(isEvent: true).Configuration(new ServerPlace(8080, "/root", "/work", 64), hasDebian: true, asRoot: false);
        Assert.Contains("Include /etc/apache2/mods-available/mpm_event.conf", text, StringComparison.Ordinal);
        Assert.DoesNotContain("User", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nginx_keeps_all_files_open()
    {
        string text = new NginxServer("", 5000).Configuration("listen 127.0.0.1:@PORT@; root @ROOT@; pid @WORK@/p; open_file_cache max=1000 inactive=60s;", new ServerPlace(80, "/r", "/w", 1));
        Assert.Equal("listen 127.0.0.1:80 backlog=4096; root /r; pid /w/p; open_file_cache max=5000 inactive=60s;", text);
    }
}
