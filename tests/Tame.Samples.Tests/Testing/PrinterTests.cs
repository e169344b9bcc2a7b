using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Tame.Testing;

namespace Tame.Samples.Tests.TestingPrograms;

#region code
/// <summary>Prints a page a second, one document after the other.</summary>
internal sealed partial class Printer
{
    private readonly SharedMutex _mutex = new();

    public Task PrintAsync(int pages) => EventLoop.Current!.InvokeAsync(e => Print(pages, e));

    [Tamed] private partial void Print(int pages, Event done);

    private void PrintBody(int pages, Event done)
    {
        twait(e => _mutex.Acquire(e));
        try
        {
            twait(e => timer(TimeSpan.FromSeconds(pages), e));
        }
        finally
        {
            _mutex.Release();
        }
        done.Trigger();
    }
}
#endregion

public sealed partial class PrinterTests
{
    #region test
    [Fact]
    public Task A_document_waits_for_the_one_before() => TestLoop.RunAsync(async () =>
    {
        var printer = new Printer();
        Task first = printer.PrintAsync(60), second = printer.PrintAsync(5);
        await first.EndsWithin(TimeSpan.FromSeconds(60));
        await second.StillBlockedAfter(TimeSpan.FromSeconds(4));
        await second.EndsWithin(TimeSpan.FromSeconds(1));
    });
    #endregion

    [Fact]
    public async Task A_document_that_takes_too_long_fails_the_test_as_the_page_says()
    {
        var failure = await Assert.ThrowsAsync<LoopAssertException>(() => TestLoop.RunAsync(async () =>
        {
            var printer = new Printer();
            Task first = printer.PrintAsync(60), second = printer.PrintAsync(5);
            await first.StillBlockedAfter(TimeSpan.FromSeconds(59));
            await second.EndsWithin(TimeSpan.FromSeconds(4));
        }));
        string root = typeof(PrinterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        string page = await File.ReadAllTextAsync(Path.Combine(root, "docs/testing.md"), TestContext.Current.CancellationToken);
        Assert.Contains($"```text\n{WithoutPlaces(failure.Message)}\n```\n", WithoutPlaces(page), StringComparison.Ordinal);
    }

    #region clock
    [Fact]
    public void A_deadline_by_the_clock_of_the_loop_takes_virtual_time() => TestLoop.Run(async () =>
    {
        TimeProvider clock = EventLoop.Current!.TimeProvider;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5), clock);
        await new Printer().PrintAsync(240);
        Assert.False(deadline.IsCancellationRequested);
        await Task.Delay(TimeSpan.FromMinutes(1), clock);
        Assert.True(deadline.IsCancellationRequested);
    });
    #endregion

    #region fake
    [Fact]
    public void A_document_takes_the_time_that_the_test_lets_pass()
    {
        var clock = new FakeTimeProvider();
        TestLoop.Run(
            async () =>
            {
                Task document = new Printer().PrintAsync(60);
                await Task.Yield();                     // the call starts, and sets its timer
                clock.Advance(TimeSpan.FromSeconds(59));
                await Task.Yield();
                Assert.False(document.IsCompleted);
                clock.Advance(TimeSpan.FromSeconds(1));
                await document;
            },
            new TestLoopOptions { Loop = new EventLoopOptions { TimeProvider = clock } });
    }
    #endregion

    private static string WithoutPlaces(string text) => Places().Replace(text, "${file}:LINE");

    [GeneratedRegex(@"(\S*/)?(?<file>\w+\.cs):\d+")]
    private static partial Regex Places();
}
