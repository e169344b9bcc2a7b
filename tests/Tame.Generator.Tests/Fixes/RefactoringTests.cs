using Tame.Generator.Tests.Fixes.AsyncToTamed;

namespace Tame.Generator.Tests.Fixes;

/// <summary>The text of the pair that an async method becomes.</summary>
public sealed class RefactoringTests
{
    [Fact]
    public Task Each_await_becomes_a_wait_and_each_return_a_trigger() => Becomes(
        """
        public static class Sample
        {
            // how long the page is
            public static async Task<int> LoadAsync(string url, HttpClient client)
            {
                if (url.Length == 0) return 0;
                await Task.Delay(100);
                var page = await client.GetStringAsync(url).ConfigureAwait(false);
                page = page.Trim();
                page = await client.GetStringAsync(page);
                return page.Length;
            }
        }
        """,
        """
        public static partial class Sample
        {
            [Tamed]
            public static partial void Load(string url, HttpClient client, Event<int> done);

            // how long the page is
            private static void LoadBody(string url, HttpClient client, Event<int> done)
            {
                if (url.Length == 0)
                {
                    done.Trigger(0);
                    return;
                }

                twait(e => timer(TimeSpan.FromMilliseconds(100), e));
                twait(client.GetStringAsync(url), out var page);
                page = page.Trim();
                twait(client.GetStringAsync(page), out page);
                done.Trigger(page.Length);
            }
        }
        """);

    [Fact]
    public Task Returns_in_a_try_with_a_finally_lead_to_one_trigger_behind_it() => Becomes(
        """
        public class Sample
        {
            async Task Pause(int times)
            {
                for (int i = 0; i < times; i++)
                {
                    try
                    {
                        await Task.Delay(TimeSpan.FromSeconds(1));
                        if (i == 7) return;
                    }
                    finally
                    {
                        await Task.Run(() => { });
                    }
                }
            }
        }
        """,
        """
        public partial class Sample
        {
            [Tamed]
            private partial void Pause(int times, Event done);

            private void PauseBody(int times, Event done)
            {
                for (int i = 0; i < times; i++)
                {
                    try
                    {
                        twait(e => timer(TimeSpan.FromSeconds(1), e));
                        if (i == 7) goto finished;
                    }
                    finally
                    {
                        twait(Task.Run(() => { }));
                    }
                }
            finished: done.Trigger();
            }
        }
        """);

    [Fact]
    public Task A_using_declaration_becomes_a_statement_that_ends_before_the_trigger() => Becomes(
        """
        public class Sample
        {
            public async Task<string> FirstLineAsync(Stream stream)
            {
                using var reader = new StreamReader(stream);
                // an empty stream has no line
                return await reader.ReadToEndAsync();
            }
        }
        """,
        """
        public partial class Sample
        {
            [Tamed]
            public partial void FirstLine(Stream stream, Event<string> done);

            private void FirstLineBody(Stream stream, Event<string> done)
            {
                string result;
                using (var reader = new StreamReader(stream))
                {
                    // an empty stream has no line
                    twait(reader.ReadToEndAsync(), out result);
                }
                done.Trigger(result);
            }
        }
        """);

    [Fact]
    public Task Attributes_and_documentation_go_to_the_declaration_and_the_event_before_the_defaults() => Becomes(
        """
        public class Sample
        {
            private readonly int _size;

            /// <summary>Reads.</summary>
            /// <param name="url">From there.</param>
            /// <param name="token">Stops it.</param>
            /// <returns>The length.</returns>
            [Obsolete("old")]
            public async Task<int> ReadAsync(
                [System.Diagnostics.CodeAnalysis.StringSyntax("Uri")] string url,
                CancellationToken token = default)
            {
                // wait first
                await Task.Delay(10, token); // not long
                return url.Length + _size; // the length
            }
        }
        """,
        """
        public partial class Sample
        {
            private readonly int _size;

            /// <summary>Reads.</summary>
            /// <param name="url">From there.</param>
            /// <param name="token">Stops it.</param>
            /// <param name="done">The length.</param>
            [Obsolete("old")]
            [Tamed]
            public partial void Read(
                [System.Diagnostics.CodeAnalysis.StringSyntax("Uri")] string url,
                Event<int> done,
                CancellationToken token = default);

            private void ReadBody(
                string url,
                Event<int> done,
                CancellationToken token)
            {
                // wait first
                twait(Task.Delay(10, token)); // not long
                done.Trigger(url.Length + _size); // the length
            }
        }
        """);

    [Fact]
    public Task A_method_with_callers_keeps_its_signature_and_calls_the_pair() => Becomes(
        """
        public class Sample
        {
            /// <summary>Reads.</summary>
            /// <param name="n">How much.</param>
            public async ValueTask<int> ReadAsync<T>(int n, T[] all)
                where T : struct
            {
                await Pause();
                return n + all.Length;
            }

            public async Task DriveAsync() => await ReadAsync<int>(all: [], n: 3);
        }
        """,
        """
        public partial class Sample
        {
            /// <summary>Reads.</summary>
            /// <param name="n">How much.</param>
            public ValueTask<int> ReadAsync<T>(int n, T[] all) where T : struct => new(EventLoop.Current!.InvokeAsync<int>(done => Read<T>(n, all, done)));

            /// <summary>Reads.</summary>
            /// <param name="n">How much.</param>
            /// <param name="done">Completes when the call has ended.</param>
            [Tamed]
            public partial void Read<T>(int n, T[] all, Event<int> done) where T : struct;

            private void ReadBody<T>(int n, T[] all, Event<int> done)
                where T : struct
            {
                twait(Pause());
                done.Trigger(n + all.Length);
            }

            public async Task DriveAsync() => await ReadAsync<int>(all: [], n: 3);
        }
        """);

    [Fact]
    public Task An_await_in_an_expression_waits_before_the_statement() => Becomes(
        """
        public class Sample
        {
            private readonly List<int> _all = [];

            public int Count { get; set; }

            public async Task AddAsync()
            {
                while (await Try(Count, out var next) && next < 9)
                {
                    // the old count
                    Say($"{Count} {await Later(1)}");
                    _all.Add(await Later(next) + await Later(2));
                }
            }
        }
        """,
        """
        public partial class Sample
        {
            private readonly List<int> _all = [];

            public int Count { get; set; }

            [Tamed]
            public partial void Add(Event done);

            private void AddBody(Event done)
            {
                while (true)
                {
                    twait(Try(Count, out var next), out var result);
                    if (!(result && next < 9)) break;
                    // the old count
                    var count = Count;
                    twait(Later(1), out var result2);
                    Say($"{count} {result2}");
                    twait(Later(next), out var result3);
                    twait(Later(2), out var result4);
                    _all.Add(result3 + result4);
                }
                done.Trigger();
            }
        }
        """);

    [Fact]
    public async Task A_file_that_does_not_see_the_primitives_gets_their_usings()
    {
        var workspace = Mended.Document("").Project;
        foreach (var other in workspace.Documents)
            workspace = workspace.RemoveDocument(other.Id);
        var document = workspace.AddDocument("Edited.cs", "using System.Threading.Tasks;\n\npublic class Sample { public async Task MAsync() { await Task.Delay(1); } }\n");
        var changed = await Mended.Changed(document, Assert.Single(await Refactored.Offered(document)));
        Assert.StartsWith("using System.Threading.Tasks;\nusing Tame;\nusing static Tame.Primitives;\n", await Mended.Text(changed), StringComparison.Ordinal);
        Assert.Empty((await changed.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Id is not "CS8795" && d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
    }

    private static async Task Becomes(string before, string after) => Assert.Equal(after, (await Refactored.Text(before)).Replace("using static Operations;\n", "", StringComparison.Ordinal));
}
