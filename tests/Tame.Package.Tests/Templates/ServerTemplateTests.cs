namespace Tame.Package.Tests.Templates;

/// <summary>What <c>dotnet new tame-server</c> makes.</summary>
public sealed class ServerTemplateTests(TemplateHive hive) : IClassFixture<TemplateHive>
{
    [Fact]
    public async Task A_new_server_passes_its_tests_and_an_interrupt_ends_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill there.");
        var folder = await hive.NewAsync("tame-server", "Echo");
        Assert.Contains("succeeded: 3", await hive.RunAsync(folder, "test", "-p:TreatWarningsAsErrors=true"));
        Assert.SkipWhen(RunningServer.InterruptIsIgnored(), "A job in the background inherits that SIGINT is ignored.");

        using var server = new RunningServer(folder, "exec", "src/Echo/bin/Debug/net10.0/Echo.dll", "0");
        await server.ServesUntilAsync("INT");
    }

    [Fact]
    public async Task A_name_that_is_no_identifier_and_a_port_of_ones_own_are_taken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill there.");
        var folder = await hive.NewAsync("tame-server", "my-app", "--port", "0");
        await hive.RunAsync(folder, "build", "--no-restore", "-warnaserror");

        using var server = new RunningServer(folder, "run", "--no-build", "--project", "src/my-app");
        await server.ServesUntilAsync("TERM");
    }
}
