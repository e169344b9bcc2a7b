using System.Net;
using System.Text.Json;
using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>What the load generator says of what it has seen.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData("200 OK", 300, 0)]
    [InlineData("503 Service Unavailable", 0, 300)]
    public void The_result_is_told_where_all_are_admitted_and_where_none_is(string status, int admitted, int turnedAway)
    {
        var options = new LoadOptions { Server = new IPEndPoint(IPAddress.Loopback, 8080), Requests = ["GET / HTTP/1.1\r\n\r\n"u8.ToArray()], Clients = 3, Rate = 30, WarmUp = TimeSpan.Zero };
        var result = LoadInMemory.Run(new SlowServer(_ => TimeSpan.Zero, status).Serve, options);
        var text = new StringWriter();
        Report.Write(result, null, text);
        Assert.StartsWith("300 answers in 10 s: 30 a second", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(turnedAway > 0, text.ToString().Contains("of other statuses 30 a second", StringComparison.Ordinal));
        using var json = new MemoryStream();
        Report.WriteJson(result, null, json);
        var root = JsonDocument.Parse(json.ToArray()).RootElement;
        Assert.Equal((admitted, turnedAway), (root.GetProperty("admitted").GetProperty("requests").GetInt32(), root.GetProperty("turnedAway").GetProperty("requests").GetInt32()));
    }
}
