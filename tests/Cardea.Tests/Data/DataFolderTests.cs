namespace Cardea.Tests.Data;

public sealed class DataFolderTests
{
    [Fact, Scenario("V14.2.4", "H-04")]
    public async Task A_new_folder_of_data_is_nobody_elses()
    {
        var place = Directory.CreateTempSubdirectory("cardea-folder-");
        try
        {
            await Program.RunAsync(["migrate", $"--Cardea:Data={place.FullName}/data"], TextWriter.Null, TextWriter.Null);

            Assert.True(File.Exists($"{place.FullName}/data/cardea.db"));
            if (!OperatingSystem.IsWindows())   // which has no such rights
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode($"{place.FullName}/data"));
            }
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }
}
