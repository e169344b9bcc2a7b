namespace Tame.Samples.Tests;

public sealed class FastestTests
{
    [Fact]
    public void The_city_with_the_shortest_delay_answers_first()
    {
        using var process = Command.Start("dotnet", Path.Combine(AppContext.BaseDirectory, "Fastest.dll"));
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(20_000), "It did not stop.");
        Assert.Equal("Lima answered first\n", output.ReplaceLineEndings("\n"));
        Assert.Equal(0, process.ExitCode);
    }
}
