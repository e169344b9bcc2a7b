using System.Diagnostics;
using System.Reflection.Metadata;
using System.Text;

namespace Tame.Package.Tests;

/// <summary>What a release's symbols say of its sources: where each file is, by source link, and the text of those that no repository has.</summary>
public sealed class SymbolTests
{
    // The kinds of custom debug information, as the specification of portable symbols numbers them.
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public async Task A_checkout_with_a_remote_links_every_source_or_embeds_it()
    {
        Tool.RequireGit();
        var clone = Directory.CreateTempSubdirectory("tame-symbols-").FullName;
        try
        {
            Git(clone, "clone", "--quiet", "--shared", PackedFeed.Metadata("RepositoryRoot"), clone);
            Git(clone, "remote", "set-url", "origin", "https://github.com/example/tame.git");
            var (built, log) = await Dotnet.RunAsync(
                clone, [], "build", "src/Tame.Runtime", "-c", "Release", "-warnaserror", "-p:ContinuousIntegrationBuild=true");
            Assert.True(built == 0, log);

            await using var file = File.OpenRead(Path.Combine(clone, "src/Tame.Runtime/bin/Release/net10.0/Tame.Runtime.pdb"));
            using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
            var symbols = provider.GetMetadataReader();
            var commit = Git(clone, "rev-parse", "HEAD");
            Assert.Equal([$"{{\"documents\":{{\"/_/*\":\"https://raw.githubusercontent.com/example/tame/{commit}/*\"}}}}"], Links(symbols));

            var tracked = Git(clone, "ls-files").Split('\n').Select(path => "/_/" + path).ToHashSet();
            var documents = symbols.Documents.Select(handle => (Path: symbols.GetString(symbols.GetDocument(handle).Name), IsEmbedded: IsEmbedded(symbols, handle))).ToList();
            Assert.Contains(documents, document => document.Path == "/_/src/Tame.Runtime/EventLoop.cs");
            Assert.Contains(documents, document => document.IsEmbedded);
            Assert.All(documents, document => Assert.True(document.IsEmbedded || tracked.Contains(document.Path), document.Path));
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }

    private static IEnumerable<string> Links(MetadataReader symbols) =>
        from handle in symbols.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
        let information = symbols.GetCustomDebugInformation(handle)
        where symbols.GetGuid(information.Kind) == s_sourceLink
        select Encoding.UTF8.GetString(symbols.GetBlobBytes(information.Value));

    private static bool IsEmbedded(MetadataReader symbols, DocumentHandle document) =>
        symbols.GetCustomDebugInformation(document).Any(handle => symbols.GetGuid(symbols.GetCustomDebugInformation(handle).Kind) == s_embeddedSource);

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.TrimEnd('\n');
    }
}
