using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cardea.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Lifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AccountActivity_LastSignInCompletedAt",
                table: "AccountActivity");

            migrationBuilder.AddColumn<long>(
                name: "InactivatedAt",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "IdleSince",
                table: "AccountActivity",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE "AccountActivity" SET "IdleSince" = COALESCE(
                    "LastSignInCompletedAt", (SELECT a."CreatedAt" FROM "Accounts" AS a WHERE a."Id" = "AccountActivity"."AccountId"))
                WHERE "AccountId" IN (SELECT a."Id" FROM "Accounts" AS a WHERE a."Audience" = 'Staff')
                """);

            migrationBuilder.CreateTable(
                name: "SentNotices",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    About = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SentNotices", x => new { x.AccountId, x.Kind, x.About });
                    table.ForeignKey(
                        name: "FK_SentNotices_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_PasswordSetAt",
                table: "Accounts",
                column: "PasswordSetAt");

            migrationBuilder.CreateIndex(
                name: "IX_AccountActivity_IdleSince",
                table: "AccountActivity",
                column: "IdleSince");

            migrationBuilder.CreateIndex(
                name: "IX_SentNotices_MadeAt",
                table: "SentNotices",
                column: "MadeAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SentNotices");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_PasswordSetAt",
                table: "Accounts");

            migrationBuilder.DropIndex(
                name: "IX_AccountActivity_IdleSince",
                table: "AccountActivity");

            migrationBuilder.DropColumn(
                name: "InactivatedAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "IdleSince",
                table: "AccountActivity");

            migrationBuilder.CreateIndex(
                name: "IX_AccountActivity_LastSignInCompletedAt",
                table: "AccountActivity",
                column: "LastSignInCompletedAt");
        }
    }
}
