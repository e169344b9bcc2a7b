using System.Net;
using MultiDns;

namespace Tame.Samples.Tests.MultiDns;

public sealed class CommandLineTests
{
    [Fact]
    public void Each_form_prints_its_peak_and_every_name_its_address_or_error()
    {
        var (exit, output, error) = Command.Run(typeof(Lookups), "--window", "2", "127.0.0.1", "127.0.0.2", "no-such-name.invalid");

        Assert.Equal((0, ""), (exit, error));
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(12, lines.Length);
        Assert.Matches(@"^one at a time: [\d.]+ ms, at most 1 in flight$", lines[0]);
        Assert.Matches(@"^all at once: [\d.]+ ms, at most 3 in flight$", lines[4]);
        Assert.Matches(@"^window of 2: [\d.]+ ms, at most 2 in flight$", lines[8]);
        foreach (int form in (int[])[0, 4, 8])
        {
            Assert.Equal("  127.0.0.1: 127.0.0.1", lines[form + 1]);
            Assert.Equal("  127.0.0.2: 127.0.0.2", lines[form + 2]);
            Assert.Matches("^  no-such-name.invalid: .*[a-z]", lines[form + 3]);
        }
    }

    [Fact]
    public void Without_names_it_looks_up_localhost_and_this_host()
    {
        var (exit, output, _) = Command.Run(typeof(Lookups));

        Assert.Equal(0, exit);
        Assert.Contains("  localhost: ", output);
        Assert.Contains($"  {Dns.GetHostName()}: ", output);
    }

    [Theory]
    [InlineData("--window", "0")]
    [InlineData("--window", "x")]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "-1")]
    [InlineData("--server", "nowhere")]
    [InlineData("--speed", "1")]
    public void A_bad_option_is_one_line_and_exit_code_1(string option, string value)
    {
        var (exit, output, error) = Command.Run(typeof(Lookups), option, value);

        Assert.Equal((1, ""), (exit, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.StartsWith("multidns: ", error);
    }
}
